import type { Database } from '#db/database.ts';
import { leadsToExport } from '#db/queries/lead-export.ts';
import type { ExportedLead } from '#db/queries/lead-export.ts';
import type { LeadFilter } from '#db/queries/lead-filter.ts';
import type { TenantScope } from '#db/tenant.ts';
import { guardCell } from '#files/formula-guard.ts';
import { writeTags } from '#files/tags.ts';

const leadsAtOnce = 1_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** What an import reads back, then what it passes over because it says nothing that a file may change. */
const columns: [name: string, cell: (lead: ExportedLead) => string | null][] = [
  ['external_id', (lead) => lead.externalId],
  ['first_name', (lead) => lead.firstName],
  ['last_name', (lead) => lead.lastName],
  ['company', (lead) => lead.company],
  ['phone', (lead) => lead.phone],
  ['email', (lead) => lead.email],
  ['address', (lead) => lead.address],
  ['city', (lead) => lead.city],
  ['state', (lead) => lead.state],
  ['postal_code', (lead) => lead.postalCode],
  ['country', (lead) => lead.country],
  ['source', (lead) => lead.source],
  ['tags', (lead) => writeTags(lead.tags)],
];
const ourColumns: typeof columns = [
  ['leadway_id', (lead) => lead.id],
  ['leadway_status', (lead) => lead.status],
  ['leadway_stage', (lead) => lead.stage],
  ['leadway_created_at', (lead) => lead.createdAt],
];

/** The rows of an export, its header first, batch by batch; cells are guarded against being run as formulas. */
export async function* exportedRows(
  database: Database,
  scope: TenantScope,
  filter: LeadFilter,
  customFields: string[],
): AsyncGenerator<string[][]> {
  const custom = customFields.map((name): (typeof columns)[number] => [
    `custom.${name}`,
    (lead) => lead.customFields[name] ?? null,
  ]);
  const all = [...columns, ...custom, ...ourColumns];
  yield [all.map(([name]) => guardCell(name))];
  let afterId = beforeAll;
  for (;;) {
    const leads = await leadsToExport(database, scope, filter, { afterId, limit: leadsAtOnce });
    if (leads.length === 0) return;
    yield leads.map((lead) => all.map(([, cell]) => guardCell(cell(lead) ?? '')));
    afterId = leads.at(-1)!.id;
  }
}
