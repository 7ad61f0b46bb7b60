import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { lookAtFile } from '#files/look.ts';
import type { ImportOptions } from '#files/options.ts';
import { createLeadReader } from '#files/read-lead.ts';
import { readRows } from '#files/read-rows.ts';
import type { Database } from '#db/database.ts';
import { storePiece } from '#db/queries/import-files.ts';
import { beginImport, createImport } from '#db/queries/imports.ts';
import { findLeadsToMerge, insertLeads, lockLeadMerging } from '#db/queries/lead-merge.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintOrganization } from '#db/testing/factories.ts';
import { openBenchDatabase, startPostgres } from '../database.ts';
import { againstPeer, round, withinLimit } from '../figure.ts';
import type { BenchHome } from '../home.ts';
import type { Suite } from '../suite.ts';
import { leadFile } from './lead-file.ts';

/** A smaller number makes a quick run, whose ratios say less. */
const rows = Number(process.env.BENCH_IMPORT_ROWS ?? 1_000_000);
const smallRows = Math.round(rows / 10);
const rowInserts = 2_000;
const allowedMegabytes = 64;

const run = promisify(execFile);
const script = fileURLToPath(new URL('import-process.ts', import.meta.url));

/** What is copied: a lead as the table has it, without what the database works out by itself. */
const columns =
  'organization_id, id, external_id, first_name, last_name, company, phone, raw_phone, email, address, city, state, postal_code, country, time_zones, source, custom_fields, tags, created_at, updated_at';

/** A whole import beside a bare COPY of the same leads once they are clean, and beside the same done row by row. */
export const importSuite: Suite = {
  names: ['importVsCopy', 'importVsRowInserts', 'importMemory'],
  async run(home, wanted, say) {
    const url = await startPostgres(home);
    const database = await openBenchDatabase(home, url);
    const small = await importOf(url, database, smallRows, say);
    const large = await importOf(url, database, rows, say);
    const rate = rows / large.seconds;
    const note = `${rows.toLocaleString('en')} rows of about 120 bytes, read, checked, matched and stored with events and members`;
    const figures: Awaited<ReturnType<Suite['run']>> = {
      importMemory: withinLimit(
        {
          value: large.peakMegabytes - small.peakMegabytes,
          unit: 'MB more',
          peer: `the same process with a tenth of the rows, peak in MB`,
          peerValue: small.peakMegabytes,
          better: 'less',
          note: `peak ${round(large.peakMegabytes)} MB; the longest turn without a pause took ${round(large.worstTurnMs)} ms`,
        },
        allowedMegabytes,
      ),
    };
    if (wanted.includes('importVsCopy')) {
      const seconds = await bareCopy(home, url, large.organizationId);
      say(`bare COPY: ${round(rows / seconds)} rows/s`);
      const peer = 'COPY of the clean leads into a table with the same columns, constraints and indexes';
      const measured = {
        value: rate,
        unit: 'rows/s',
        peer,
        peerValue: rows / seconds,
        better: 'more',
        note,
      } as const;
      figures.importVsCopy = againstPeer(measured, 0.4);
    }
    if (wanted.includes('importVsRowInserts')) {
      const perSecond = await insertRows(database, large.options);
      say(`row by row: ${round(perSecond)} rows/s`);
      const peer = `the same row by row: looked up, inserted with event and member, committed (${rowInserts.toLocaleString('en')} of them)`;
      const measured = {
        value: rate,
        unit: 'rows/s',
        peer,
        peerValue: perSecond,
        better: 'more',
        note,
      } as const;
      figures.importVsRowInserts = againstPeer(measured, 20);
    }
    return Object.fromEntries(Object.entries(figures).filter(([name]) => wanted.includes(name)));
  },
};

/** Stores a file of so many rows for an organisation of its own, and has a process of its own import it. */
async function importOf(url: string, database: Database, count: number, say: (line: string) => void) {
  const { organizationId } = await mintOrganization(database, { numbers: [] });
  const pieces = async function* () {
    yield* leadFile(count);
  };
  const given = { defaultCountry: 'US', source: null };
  const { options } = await lookAtFile(pieces, given);
  const actor = { userId: null, requestId: 'bench' };
  const scope = systemScope(organizationId);
  let bytes = 0;
  for (const piece of leadFile(count)) bytes += piece.length;
  const importId = await withOrganization(database, scope, async (tx) => {
    const id = await createImport(tx, organizationId, { fileName: 'leads.csv', bytes, options }, actor);
    let position = 0;
    for (const piece of leadFile(count)) {
      await storePiece(tx, organizationId, id, position, piece);
      position += 1;
    }
    await beginImport(tx, organizationId, id, actor);
    return id;
  });
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, DATABASE_URL: url, ORGANIZATION_ID: organizationId, IMPORT_ID: importId },
  });
  const told = JSON.parse(stdout) as {
    status: string;
    seconds: number;
    peakMegabytes: number;
    worstTurnMs: number;
  };
  if (told.status !== 'done') throw new Error(`The import ended as ${told.status}`);
  const stored = await asOwner(url, 'select count(*)::int as count from leads where organization_id = $1', [
    organizationId,
  ]);
  if (stored[0]?.count !== count) throw new Error(`${String(stored[0]?.count)} leads of ${count} are there`);
  say(
    `${count} rows (${round(bytes / 1e6)} MB): ${round(count / told.seconds)} rows/s, at most ${round(told.peakMegabytes)} MB`,
  );
  return { organizationId, options, ...told };
}

/** Seconds that a bare COPY of those leads takes. */
async function bareCopy(home: BenchHome, url: string, organizationId: string): Promise<number> {
  const file = join(home.folder, 'clean-leads.txt');
  return withOwner(url, async (client) => {
    const mine = `(select ${columns} from leads where organization_id = '${organizationId}')`;
    await pipeline(client.query(copyTo(`copy ${mine} to stdout`)), createWriteStream(file));
    await client.query('create table copied (like leads including all)');
    await client.query('checkpoint');
    const startedAt = performance.now();
    await pipeline(createReadStream(file), client.query(copyFrom(`copy copied (${columns}) from stdin`)));
    const seconds = (performance.now() - startedAt) / 1_000;
    await client.query('drop table copied');
    return seconds;
  });
}

/** Rows a second, when each is looked up and stored by itself, with its event and its place in the file, and committed. */
async function insertRows(database: Database, options: ImportOptions): Promise<number> {
  const { organizationId } = await mintOrganization(database, { numbers: [] });
  const scope = systemScope(organizationId);
  const actor = { userId: null, requestId: 'bench' };
  const importId = await withOrganization(database, scope, (tx) =>
    createImport(tx, organizationId, { fileName: 'leads.csv', bytes: 0, options }, actor),
  );
  const readLead = createLeadReader(options);
  const source = async function* () {
    yield* leadFile(rowInserts);
  };
  let stored = 0;
  let seconds = 0;
  for await (const { rows: portion } of readRows(source(), options)) {
    for (const row of portion) {
      const read = readLead(row);
      if (!read.ok) continue;
      const startedAt = performance.now();
      await withOrganization(database, scope, async (tx) => {
        const { firstName = '', lastName = '', externalId = null, ...lead } = read.lead;
        await lockLeadMerging(tx);
        const [match] = await findLeadsToMerge(tx, [
          { key: 0, externalId, phone: lead.phone, firstName, lastName },
        ]);
        if (match) throw new Error('Everybody in this file is new');
        const id = randomUUID();
        const missing = {
          company: null,
          email: null,
          address: null,
          city: null,
          state: null,
          postalCode: null,
        };
        const whole = {
          ...missing,
          country: null,
          source: null,
          ...lead,
          id,
          externalId,
          firstName,
          lastName,
        };
        await insertLeads(tx, organizationId, [whole]);
        await tx.execute(sql`
          insert into import_members (organization_id, import_id, line, lead_id)
          values (${organizationId}::uuid, ${importId}::uuid, ${row.line}, ${id}::uuid)`);
      });
      seconds += (performance.now() - startedAt) / 1_000;
      stored += 1;
    }
  }
  return stored / seconds;
}

async function asOwner(url: string, text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  return withOwner(url, async (client) => (await client.query<Record<string, unknown>>(text, values)).rows);
}

async function withOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
