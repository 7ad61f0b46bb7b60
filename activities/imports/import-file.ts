import { createLeadReader, createZoneMemory } from '#files/read-lead.ts';
import type { ImportOptions } from '#files/options.ts';
import { readRows } from '#files/read-rows.ts';
import type { Database } from '#db/database.ts';
import { fieldDefinitions } from '#db/queries/custom-fields.ts';
import { readPiecesOn } from '#db/queries/import-files.ts';
import {
  gatherIndexEntries,
  lastLineStored,
  laterClaims,
  linesWithoutCells,
  matchRows,
  mergedPlaces,
  nextRange,
  resumeImport,
  setMergedZones,
  setRejectedCells,
  storeRows,
  unmatch,
} from '#db/queries/import-merge.ts';
import type { LineRange } from '#db/queries/import-merge.ts';
import {
  createStaging,
  indexStaging,
  rejectDuplicates,
  rowsWithTwins,
  stageRows,
  stagedLine,
  unfitLine,
} from '#db/queries/import-staging.ts';
import { endImport, recordRead, recordReading, tellProgress } from '#db/queries/imports.ts';
import { lockLeadMerging } from '#db/queries/lead-merge.ts';
import { systemScope, withSession } from '#db/tenant.ts';
import type { TenantSession, TenantTransaction } from '#db/tenant.ts';
import { FileRefusal } from '#files/refusal.ts';
import { superseded } from '../failures.ts';
import { createDuplicateFinder } from './duplicates.ts';

/** Rows sent to the database at once, and rows stored in one transaction. */
const stagedAtOnce = 5_000;
const storedAtOnce = 20_000;
const progressEveryMs = 500;
const cellsAtOnce = 1_000;

export type ImportToRun = { organizationId: string; importId: string };

type Run = ImportToRun & { database: Database; session: TenantSession; options: ImportOptions };

/**
 * Imports a file. First all of it is read into temporary tables, so that a file that turns out to be broken leaves nothing
 * behind; then its rows are stored in the file's order, some thousands a transaction, each under the organisation's lock.
 * Interrupted while it reads, it begins anew; interrupted while it stores, it goes on after the last line that is stored.
 *
 * Who is who: the external id decides, if the row has one; else, or when nobody has that id yet, the number together with
 * first and last name (letters' case aside). A match is updated, anybody else created. Nobody is taken twice from one
 * file, so importing the same file again changes nothing. See docs/decisions/0012-imports-in-two-steps.md.
 * @throws FileRefusal
 */
export async function importFile(
  database: Database,
  { organizationId, importId }: ImportToRun,
  options: ImportOptions,
): Promise<void> {
  await withSession(database, systemScope(organizationId), async (session) => {
    const run: Run = { database, session, organizationId, importId, options };
    await session.transaction(createStaging);
    const rows = await readIntoStaging(run);
    await session.transaction(async (tx) => {
      await indexStaging(tx);
      await rejectTwins(tx);
    });
    await session.transaction((tx) => recordRead(tx, importId, rows));
    await store(run);
    await completeRejections(run);
    await session.transaction((tx) => endImport(tx, importId, null));
  });
}

/** @throws FileRefusal */
async function readIntoStaging({
  database,
  session,
  organizationId,
  importId,
  options,
}: Run): Promise<number> {
  const scope = systemScope(organizationId);
  const definitions = await session.transaction(fieldDefinitions);
  const readLead = createLeadReader(options, definitions);
  let headerLeft = options.header;
  let rows = 0;
  let toldAt = performance.now();
  let told: Promise<void> = Promise.resolve();
  let waiting = { staged: [] as string[], unfit: [] as string[] };

  for await (const portion of readRows(readPiecesOn(session, importId), options)) {
    for (const row of portion.rows) {
      if (headerLeft) {
        headerLeft = false;
        continue;
      }
      rows += 1;
      const read = readLead(row);
      if (read.ok) waiting.staged.push(stagedLine(row.line, read.lead));
      else waiting.unfit.push(unfitLine({ ...read.rejection, cells: row.cells }));
    }
    if (waiting.staged.length + waiting.unfit.length >= stagedAtOnce) {
      await stageRows(session, waiting);
      waiting = { staged: [], unfit: [] };
    }
    if (performance.now() - toldAt >= progressEveryMs) {
      toldAt = performance.now();
      await told;
      // On a connection of its own, and not waited for: whoever watches must not slow it down.
      told = recordReading(database, scope, importId, { rows, bytes: portion.bytes }).catch(() => {});
    }
  }
  await told;
  if (rows === 0) throw new FileRefusal('EMPTY_FILE', 'The file has no rows.');
  await stageRows(session, waiting);
  return rows;
}

async function rejectTwins(tx: TenantTransaction): Promise<void> {
  const duplicateOf = createDuplicateFinder();
  const found: { line: number; firstLine: number }[] = [];
  for await (const rows of rowsWithTwins(tx)) {
    for (const row of rows) {
      const duplicate = duplicateOf(row);
      if (duplicate) found.push(duplicate);
    }
  }
  await rejectDuplicates(tx, found);
}

async function store({ session, organizationId, importId }: Run): Promise<void> {
  const zonesOf = createZoneMemory();
  let after = await session.transaction(async (tx) => {
    await resumeImport(tx, importId);
    return lastLineStored(tx, importId);
  });
  for (;;) {
    const range = await session.transaction(async (tx) => {
      const next = await nextRange(tx, after, storedAtOnce);
      if (next === null) return null;
      if (!next.isLast) await gatherIndexEntries(tx);
      await lockLeadMerging(tx);
      // An attempt that was given up may still be alive, and be further.
      if ((await lastLineStored(tx, importId)) !== after) throw superseded();
      await matchRows(tx, next);
      await settleClaims(tx, next);
      const places = await mergedPlaces(tx, next);
      await setMergedZones(
        tx,
        next,
        places.map((place) => ({
          ...place,
          timeZones: zonesOf({
            phone: place.phone,
            state: place.state ?? undefined,
            postalCode: place.postalCode ?? undefined,
            country: place.country ?? undefined,
          }),
        })),
      );
      await storeRows(tx, organizationId, importId, next);
      await tellProgress(tx, importId);
      return next;
    });
    if (range === null) return;
    after = range.upTo;
  }
}

/** Of rows that are the same lead, told only by what the database knows, the first one is. */
async function settleClaims(tx: TenantTransaction, range: LineRange): Promise<void> {
  const claims = await laterClaims(tx, range);
  await unmatch(
    tx,
    claims.filter(({ isOther }) => isOther).map(({ line }) => line),
  );
  await rejectDuplicates(
    tx,
    claims.filter(({ isOther }) => !isOther),
  );
}

/** Duplicates were found in the tables, which do not keep cells: the file is read once more for them. */
async function completeRejections({ session, importId, options }: Run): Promise<void> {
  const lines = new Set(await session.transaction((tx) => linesWithoutCells(tx, importId)));
  if (lines.size === 0) return;
  let found: { line: number; cells: string[] }[] = [];
  const write = async () => {
    const rows = found;
    found = [];
    if (rows.length > 0) await session.transaction((tx) => setRejectedCells(tx, importId, rows));
  };
  for await (const { rows } of readRows(readPiecesOn(session, importId), options)) {
    for (const { line, cells } of rows) {
      if (lines.delete(line)) found.push({ line, cells });
    }
    if (found.length >= cellsAtOnce) await write();
    if (lines.size === 0) break;
  }
  await write();
}
