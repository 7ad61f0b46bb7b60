import type { Database } from '#db/database.ts';
import { listRejections } from '#db/queries/import-rejections.ts';
import type { TenantScope } from '#db/tenant.ts';
import { guardCell } from '#files/formula-guard.ts';
import type { ImportOptions } from '#files/options.ts';
import { csvLine } from '#files/write-csv.ts';

const rowsAtOnce = 500;
const byteOrderMark = '\ufeff';

/** The rows that were not taken, as a file that is mended and imported again, page by page. */
export async function* rejectionsAsCsv(
  database: Database,
  scope: TenantScope,
  importId: string,
  // An import that an older version has left has no options.
  { columns = [], delimiter = ',', header = true }: Partial<ImportOptions>,
): AsyncGenerator<string> {
  const line = (cells: string[]) => csvLine(cells.map(guardCell), delimiter);
  // Without names of its own a column is called what it was taken for, so that it is recognised.
  const names = columns.map(({ name, target }) => (header ? name : (target ?? name)));
  const ours = ['leadway_line', 'leadway_column', 'leadway_code', 'leadway_message'];
  yield byteOrderMark + line([...names, ...ours]);
  let afterLine = 0;
  for (;;) {
    const rows = await listRejections(database, scope, importId, { afterLine, limit: rowsAtOnce });
    if (rows.length === 0) return;
    afterLine = rows.at(-1)!.line;
    yield rows
      .map(({ line: number, column, code, message, cells }) => {
        const padded = names.map((_, index) => cells[index] ?? '');
        // What stood behind the last column still does, so that nothing is lost.
        const beyond = cells.slice(names.length);
        return line([...padded, String(number), column ?? '', code, message, ...beyond]);
      })
      .join('');
  }
}
