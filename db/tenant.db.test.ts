import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { prepared, rowsOf } from './queries/rows.ts';
import { inOneTrip, lastRowsOf, systemScope, withOrganization } from './tenant.ts';
import type { TenantScope } from './tenant.ts';
import { mintLead, mintOrganization } from './testing/factories.ts';
import { createTestDatabase } from './testing/test-database.ts';
import type { TestDatabase } from './testing/test-database.ts';

const poolSize = 3;
let db: TestDatabase;
let organizations: string[];

beforeAll(async () => {
  db = await createTestDatabase({ poolSize });
  organizations = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const { organizationId } = await mintOrganization(db.database);
      await mintLead(db.database, organizationId, { firstName: organizationId });
      return organizationId;
    }),
  );
});
afterAll(() => db.close());

const settings = `select nullif(current_setting('app.organization_id', true), '') as organization,
  nullif(current_setting('app.role', true), '') as role, nullif(current_setting('app.user_id', true), '') as user,
  nullif(current_setting('app.now', true), '') as now`;
const nothingSet = { organization: null, role: null, user: null, now: null };

/** What every connection of the pool has set outside a transaction. */
async function leftovers(): Promise<unknown[]> {
  const clients = await Promise.all(Array.from({ length: poolSize }, () => db.database.pool.connect()));
  const results = await Promise.all(clients.map((client) => client.query(settings)));
  for (const client of clients) client.release();
  return results.map(({ rows }) => rows[0] as unknown);
}

const leadNames = sql`select first_name from leads`;
const failing = sql`select 1 / 0`;

/** Ways in which a tenant's work goes, each seeing its own rows and nothing else, or nothing at all. */
const ways: Record<string, (organizationId: string) => Promise<unknown>> = {
  async commits(organizationId) {
    const rows = await withOrganization(db.database, systemScope(organizationId), (tx) =>
      rowsOf(tx, leadNames),
    );
    expect(rows).toEqual([{ first_name: organizationId }]);
  },
  async sendsTogether(organizationId) {
    const both = await withOrganization(db.database, systemScope(organizationId), (tx) =>
      Promise.all([rowsOf(tx, leadNames), rowsOf(tx, leadNames)]),
    );
    expect(both.flat()).toEqual([{ first_name: organizationId }, { first_name: organizationId }]);
  },
  async throws(organizationId) {
    const work = withOrganization(db.database, systemScope(organizationId), async (tx) => {
      await tx.execute(sql`update leads set first_name = 'changed'`);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
  },
  async fails(organizationId) {
    const work = withOrganization(db.database, systemScope(organizationId), async (tx) => {
      await tx.execute(sql`update leads set first_name = 'changed'`);
      await tx.execute(failing);
    });
    await expect(work).rejects.toThrow();
  },
  async failsAmongOthers(organizationId) {
    const work = withOrganization(db.database, systemScope(organizationId), (tx) =>
      Promise.all([tx.execute(failing), rowsOf(tx, leadNames)]),
    );
    await expect(work).rejects.toThrow();
  },
  async oneTrip(organizationId) {
    const statement = { name: 'lead_names', text: 'select first_name from leads', values: [] };
    const rows = await inOneTrip(db.database, systemScope(organizationId), statement);
    expect(rows).toEqual([{ first_name: organizationId }]);
  },
  async oneTripFails(organizationId) {
    const text = `with changed as (update leads set first_name = 'changed' returning id) select 1 / (count(*) - 1) from changed`;
    const trip = inOneTrip(db.database, systemScope(organizationId), { name: 'failing', text, values: [] });
    await expect(trip).rejects.toThrow('division by zero');
  },
  async endsWithStatement(organizationId) {
    const rows = await withOrganization(db.database, systemScope(organizationId), async (tx) => {
      await tx.execute(sql`update leads set last_name = 'kept'`);
      return lastRowsOf(tx, prepared(sql`select first_name, last_name from leads`));
    });
    expect(rows).toEqual([{ first_name: organizationId, last_name: 'kept' }]);
  },
  async failsAtItsEnd(organizationId) {
    const work = withOrganization(db.database, systemScope(organizationId), async (tx) => {
      await tx.execute(sql`update leads set first_name = 'changed'`);
      return lastRowsOf(tx, prepared(failing));
    });
    await expect(work).rejects.toThrow('division by zero');
  },
  async outside() {
    const { rows } = await db.database.pool.query('select first_name from leads');
    expect(rows).toEqual([]);
  },
};

describe('settings of one tenant', () => {
  test.each(Object.keys(ways))('do not stay on the connection: %s', async (way) => {
    for (let turn = 0; turn < poolSize; turn += 1) await ways[way]!(organizations[0]!);
    expect(await leftovers()).toEqual(Array.from({ length: poolSize }, () => nothingSet));
  });

  test('are never another’s, however many work at once on few connections and however their work ends', async () => {
    const task = fc.tuple(fc.constantFrom(...Object.keys(ways)), fc.nat(organizations.length - 1));
    await fc.assert(
      fc.asyncProperty(fc.array(task, { minLength: 5, maxLength: 25, size: 'max' }), async (tasks) => {
        await Promise.all(tasks.map(([way, index]) => ways[way]!(organizations[index]!)));
        const rows = await db.asOwner('select organization_id, first_name from leads');
        for (const row of rows) expect(row.first_name).toBe(row.organization_id);
      }),
      { numRuns: 25 },
    );
    expect(await leftovers()).toEqual(Array.from({ length: poolSize }, () => nothingSet));
  });
});

describe('withOrganization', () => {
  const scope = (): TenantScope => ({
    organizationId: organizations[0]!,
    userId: randomUUID(),
    role: 'agent',
  });

  test('tells the policies for whom it acts', async () => {
    const acting = scope();
    const [row] = await withOrganization(db.database, acting, (tx) => rowsOf(tx, sql.raw(settings)));
    expect(row).toEqual({
      organization: acting.organizationId,
      role: 'agent',
      user: acting.userId,
      now: null,
    });
  });

  test('sees what it has written itself, and nobody else does before it ends', async () => {
    const organizationId = organizations[1]!;
    await withOrganization(db.database, systemScope(organizationId), async (tx) => {
      await tx.execute(
        sql`insert into tasks (organization_id, kind, title) values (${organizationId}, 'follow_up', 'x')`,
      );
      expect(await rowsOf(tx, sql`select title from tasks`)).toEqual([{ title: 'x' }]);
      expect(await db.asOwner('select title from tasks')).toEqual([]);
    });
    expect(await db.asOwner('select title from tasks')).toEqual([{ title: 'x' }]);
  });

  test('does not call work done of which nothing was kept', async () => {
    const swallowing = withOrganization(db.database, systemScope(organizations[2]!), async (tx) => {
      await tx.execute(sql`update leads set first_name = 'changed'`);
      await tx.execute(failing).catch(() => {});
      return 'done';
    });
    await expect(swallowing).rejects.toThrow('nothing of it was kept');
  });

  test.each([
    ['organizationId is not a UUID', { organizationId: "'; drop table leads; --" }],
    ['organizationId is not a UUID', { organizationId: '' }],
    ['userId is not a UUID', { userId: "x' || 'y" }],
    ['role is not a role', { role: "owner'" as 'owner' }],
  ])('%s: refused before anything reaches the database', async (message, changes) => {
    await expect(withOrganization(db.database, { ...scope(), ...changes }, async () => 1)).rejects.toThrow(
      message,
    );
    const statement = { name: 'x', text: 'select 1', values: [] };
    await expect(inOneTrip(db.database, { ...scope(), ...changes }, statement)).rejects.toThrow(message);
  });

  test('gives the connection back when it was lost, and the next one works', async () => {
    const scoped = systemScope(organizations[3]!);
    for (let turn = 0; turn < poolSize + 1; turn += 1) {
      const lost = withOrganization(db.database, scoped, async (tx) => {
        const [row] = await rowsOf<{ pid: number }>(tx, sql`select pg_backend_pid() as pid`);
        await db.asOwner('select pg_terminate_backend($1)', [row!.pid]);
        return rowsOf(tx, leadNames);
      });
      await expect(lost).rejects.toThrow();
    }
    await ways.commits!(organizations[3]!);
  });

  test('so does a statement in one trip', async () => {
    const scoped = systemScope(organizations[3]!);
    const text = 'select pg_sleep(20) as lost_trip';
    for (let turn = 0; turn < poolSize + 1; turn += 1) {
      const lost = inOneTrip(db.database, scoped, { name: 'lost', text, values: [] }).catch(() => 'lost');
      const end = () =>
        db.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and query = '${text}'`);
      await expect.poll(end, { interval: 5 }).toHaveLength(1);
      expect(await lost).toBe('lost');
    }
    await ways.oneTrip!(organizations[3]!);
  });

  test('takes business time from the clock that it is given, else from the transaction', async () => {
    const now = new Date('2031-05-06T07:08:09.123Z');
    const dry = openDatabase({ url: db.ownerUrl, poolSize: 1, clock: { now: async () => now } });
    const clockOf = (database: typeof dry) =>
      withOrganization(database, systemScope(organizations[4]!), (tx) =>
        rowsOf<{ at: Date; same: boolean }>(tx, sql`select app_now()::text as at, app_now() = now() as same`),
      );
    const [virtual] = await clockOf(dry);
    expect(new Date(virtual!.at)).toEqual(now);
    await dry.close();
    expect(await clockOf(db.database)).toMatchObject([{ same: true }]);
  });
});
