import { createRoute, z } from '@hono/zod-openapi';
import { describeExport } from '#db/queries/lead-export.ts';
import { csvLine } from '#files/write-csv.ts';
import { maxSheetRows, writeWorkbook } from '#files/write-xlsx.ts';
import { exportedRows } from '../leads/export-leads.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem } from '../problem.ts';
import { createRouter } from '../router.ts';
import { leadFilterQuery, toLeadFilter } from '../schemas/lead-filter.ts';
import { attachment } from '../stream.ts';
import { problems, security, signedIn } from './describe.ts';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const byteOrderMark = '\ufeff';

const exportLeads = createRoute({
  method: 'get',
  path: '/leads/export',
  tags: ['Leads'],
  summary: 'Download leads as CSV or as an Excel workbook',
  description:
    'Numbers are in E.164. Cells that a spreadsheet would run as formulas begin with an apostrophe, which an import takes off again: importing the file changes nothing. Columns that begin with `leadway_` are for reading only.',
  security,
  middleware: [requireRole('manager')] as const,
  request: {
    query: leadFilterQuery.extend({ format: z.enum(['csv', 'xlsx']).default('csv') }),
  },
  responses: {
    200: {
      description: 'The file.',
      content: {
        'text/csv': { schema: { type: 'string' } },
        [workbookType]: { schema: { type: 'string', format: 'binary' } },
      },
    },
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 422: ['VALIDATION_FAILED', 'TOO_MANY_LEADS'] }),
  },
});

/** Leads as a file, made while it is sent. */
export function leadExportRoutes() {
  return createRouter().openapi(exportLeads, async (c) => {
    const { deps, scope } = c.var;
    const { format, ...query } = c.req.valid('query');
    const filter = toLeadFilter(query, c.req.query());
    const { customFields, tooMany } = await describeExport(deps.database, scope, filter, maxSheetRows - 1);
    const rows = exportedRows(deps.database, scope, filter, customFields);
    if (format === 'csv') return attachment('leads.csv', 'text/csv; charset=utf-8', asCsv(rows));
    if (tooMany) {
      const most = (maxSheetRows - 1).toLocaleString('en');
      throw new Problem(422, 'TOO_MANY_LEADS', `A sheet holds ${most} leads at most. Take CSV, or a filter.`);
    }
    return attachment('leads.xlsx', workbookType, writeWorkbook(rows));
  });
}

async function* asCsv(portions: AsyncIterable<string[][]>): AsyncGenerator<string> {
  yield byteOrderMark;
  for await (const rows of portions) yield rows.map((cells) => csvLine(cells)).join('');
}
