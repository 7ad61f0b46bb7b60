import { randomUUID } from 'node:crypto';
import type { Actor } from '#db/queries/audit.ts';
import { beginImport, finishImport, recordImportMembers } from '#db/queries/imports.ts';
import type { ImportRow, RejectedLine } from '#db/queries/imports.ts';
import { findLeadsToMerge, insertLeads, lockLeadMerging, updateLeads } from '#db/queries/lead-merge.ts';
import type { NewLead } from '#db/queries/lead-merge.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { Problem } from '../problem.ts';
import { mapColumns } from './columns.ts';
import { decodeText } from './decode-text.ts';
import { createDuplicateFinder } from './duplicates.ts';
import { mergeLead } from './merge-lead.ts';
import type { GivenLead } from './merge-lead.ts';
import { readCsv } from './read-csv.ts';
import { readLead } from './read-lead.ts';

export type LeadFile = {
  name: string;
  bytes: Uint8Array;
  /** The country of numbers without a country code, two letters. */
  defaultCountry: string;
  source: string | null;
};

type Line = { line: number; lead: GivenLead };

const batchSize = 1_000;

/**
 * Imports a file of leads in the caller's transaction: all of it, or nothing when the file itself is broken. A row that
 * cannot be taken is rejected with its line and does not hold up the others.
 *
 * Who is who: the external id decides, if the row has one; else, or when nobody has that id yet, the number together with
 * first and last name (letters' case aside). A match is updated, anybody else created. Nobody is taken twice from one
 * file, so importing the same file again changes nothing.
 * @throws Problem 422 EMPTY_FILE, NO_PHONE_COLUMN, BROKEN_CSV
 */
export async function importLeads(
  tx: TenantTransaction,
  organizationId: string,
  file: LeadFile,
  actor: Actor,
): Promise<ImportRow> {
  await lockLeadMerging(tx);
  const importId = await beginImport(tx, organizationId, file.name);
  const rejected: RejectedLine[] = [];
  const duplicates = createDuplicateFinder(rejected);
  const counts = { rows: 0, created: 0, updated: 0 };
  let batch: Line[] = [];

  const writeBatch = async () => {
    const { created, updated, members } = await mergeBatch(tx, batch, (line, leadId) =>
      duplicates.ofLead(line, leadId),
    );
    batch = [];
    await insertLeads(tx, organizationId, created);
    await updateLeads(tx, updated);
    await recordImportMembers(tx, organizationId, importId, members);
    counts.created += created.length;
    counts.updated += updated.length;
  };

  const rows = readCsv(decodeText(file.bytes));
  const header = await rows.next();
  const columns = mapColumns(header.done ? [] : header.value.cells);
  for await (const row of rows) {
    counts.rows += 1;
    const read = readLead(row, columns, file);
    if (!read.ok) rejected.push(read.rejected);
    else if (!duplicates.ofRow(row.line, read.lead)) batch.push({ line: row.line, lead: read.lead });
    if (batch.length >= batchSize) await writeBatch();
  }
  if (counts.rows === 0) {
    throw new Problem(422, 'EMPTY_FILE', 'The file has a header and no rows.', { field: 'file' });
  }
  await writeBatch();
  rejected.sort((a, b) => a.line - b.line);
  return finishImport(tx, importId, { ...counts, rejected }, actor);
}

/** Finds out who of a batch is there already, and what everybody will be. */
async function mergeBatch(
  tx: TenantTransaction,
  batch: Line[],
  isTaken: (line: number, leadId: string) => boolean,
): Promise<{ created: NewLead[]; updated: NewLead[]; members: { line: number; leadId: string }[] }> {
  const people = batch.map(({ lead }, key) => ({
    key,
    externalId: lead.externalId ?? null,
    phone: lead.phone,
    firstName: lead.firstName ?? '',
    lastName: lead.lastName ?? '',
  }));
  const matches = new Map((await findLeadsToMerge(tx, people)).map((match) => [match.key, match]));
  const created: NewLead[] = [];
  const updated: NewLead[] = [];
  const members: { line: number; leadId: string }[] = [];
  batch.forEach(({ line, lead }, key) => {
    const match = matches.get(key);
    const id = match?.id ?? randomUUID();
    if (isTaken(line, id)) return;
    (match ? updated : created).push({ id, ...mergeLead(match?.fields ?? null, lead) });
    members.push({ line, leadId: id });
  });
  return { created, updated, members };
}
