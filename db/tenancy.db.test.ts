import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inParallel } from '#activities/in-parallel.ts';
import { memberRoles } from './schema/organizations.ts';
import type { TenantScope } from './tenant.ts';
import { withOrganization } from './tenant.ts';
import { insertStatement, readTables, rowFor, seedOneOfEach } from './testing/one-of-each.ts';
import type { OneOfEach, Table } from './testing/one-of-each.ts';
import { createTestDatabase } from './testing/test-database.ts';
import type { TestDatabase } from './testing/test-database.ts';

let db: TestDatabase;
let tables: Table[];
let ours: OneOfEach;
let theirs: OneOfEach;

beforeAll(async () => {
  db = await createTestDatabase();
  tables = await readTables(db);
  ours = await seedOneOfEach(db, tables);
  theirs = await seedOneOfEach(db, tables);
});
afterAll(() => db.close());

const roles: TenantScope['role'][] = [...memberRoles, 'system'];

/** What happened is kept from rewriting by anybody, whatever their role. */
const ledgers = ['consents', 'stage_moves', 'disposition_metrics', 'events', 'audit_log'];

/** Copies of what workflows remember: the product writes them anew, and no person does. */
const copies = ['journey_events'];

const permissionDenied = '42501';
const foreignKeyViolation = '23503';

class Undo extends Error {
  constructor(readonly outcome: number | string) {
    super('undo');
  }
}

/** Tables at a time: as many as the pool has connections. */
const forEachTable = (look: (table: Table) => Promise<void>) => inParallel(tables, 5, look);

/** How many rows a statement touches as that role of our organisation, or the error's code; nothing of it stays. */
async function attempt(
  role: TenantScope['role'],
  text: string,
  values: unknown[] = [],
): Promise<number | string> {
  const scope = { organizationId: ours.organizationId, role };
  const error: unknown = await withOrganization(db.database, scope, async (tx) => {
    const client = (tx as unknown as { $client: pg.PoolClient }).$client;
    const { rowCount } = await client.query(text, values);
    throw new Undo(rowCount ?? 0);
  }).catch((thrown: unknown) => thrown);
  if (error instanceof Undo) return error.outcome;
  if (error instanceof pg.DatabaseError) return error.code ?? 'no code';
  throw error;
}

const idColumn = ({ name }: Table) => (name === 'organizations' ? 'id' : 'organization_id');

describe('every business table', () => {
  test('is known to this test', () => {
    expect(tables.length).toBeGreaterThanOrEqual(25);
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['leads', 'journeys', 'sms_messages']),
    );
  });

  test('enables and forces row-level security, and has a policy for whatever it permits', async () => {
    const rows = await db.asOwner(`
      select relname as name, relrowsecurity and relforcerowsecurity as forced,
        (select array_agg(distinct polcmd::text order by polcmd::text) from pg_policy p where p.polrelid = c.oid) as commands,
        (select array_agg(polname::text) from pg_policy p where p.polrelid = c.oid
          and polroles <> array['leadway_app'::regrole::oid]) as others
      from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`);
    expect(rows.map(({ name }) => name)).toEqual(tables.map(({ name }) => name).sort());
    for (const row of rows) {
      // r, a, w, d: select, insert, update, delete. Nobody deletes an organisation.
      const commands = row.name === 'organizations' ? ['a', 'r', 'w'] : ['a', 'd', 'r', 'w'];
      // The search's own role reads leads; what it may do stands in its test (db/queries/find-leads.db.test.ts).
      const others = row.name === 'leads' ? ['leads_search'] : null;
      expect(row, row.name).toEqual({ name: row.name, forced: true, commands, others });
    }
  });

  test('has the organisation first in its primary key and in every unique index', async () => {
    const indexes = await db.asOwner(`
      select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as index, i.indisprimary as primary,
        (select attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0]) as first
      from pg_index i join pg_class c on c.oid = i.indrelid
      where c.relnamespace = 'public'::regnamespace and i.indisunique`);
    expect(new Set(indexes.filter(({ primary }) => primary).map(({ table }) => table)).size).toBe(
      tables.length,
    );
    const exceptions = indexes.filter(({ first }) => first !== 'organization_id').map(({ index }) => index);
    // The organisation itself, and its name in URLs, which is one of the whole installation.
    expect(exceptions.sort((a, b) => a.localeCompare(b))).toEqual([
      'organizations_pkey',
      'organizations_slug_unique',
    ]);
  });

  test('refers to others by keys that begin with the organisation on both sides', async () => {
    const keys = await db.asOwner(`
      select conrelid::regclass::text || '.' || conname as key, array_length(conkey, 1) as width,
        (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]) as ours,
        confrelid::regclass::text || '.' || (select attname from pg_attribute where attrelid = confrelid and attnum = confkey[1]) as theirs
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`);
    expect(keys.length).toBeGreaterThan(15);
    for (const { key, width, ours: first, theirs: target } of keys) {
      expect(first, key).toBe('organization_id');
      if (target !== 'organizations.id') {
        expect(target, key).toMatch(/\.organization_id$/);
        expect(width, key).toBeGreaterThan(1);
      }
    }
  });
});

describe('the application’s role', () => {
  test('owns nothing, is above nothing and bypasses nothing, although its session logged in as the owner', async () => {
    const { rows } = await db.database.pool.query(`
      select current_user as acts, session_user as session, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcanlogin,
        (select count(*)::int from pg_class where relowner = r.oid) as owned,
        (select count(*)::int from pg_auth_members where member = r.oid) as memberships
      from pg_roles r where rolname = current_user`);
    expect(rows).toEqual([
      {
        acts: 'leadway_app',
        session: 'postgres',
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcanlogin: false,
        owned: 0,
        memberships: 0,
      },
    ]);
  });

  test('stays when a connection is reset', async () => {
    const client = await db.database.pool.connect();
    await client.query('RESET ROLE');
    await client.query('RESET ALL');
    const { rows } = await client.query('select current_user as acts');
    client.release();
    expect(rows).toEqual([{ acts: 'leadway_app' }]);
  });

  test('may empty, alter and disarm no table', async () => {
    await forEachTable(async ({ name }) => {
      for (const text of [
        `truncate ${name} cascade`,
        `alter table ${name} disable row level security`,
        `alter table ${name} disable trigger all`,
        `drop table ${name}`,
      ]) {
        expect(await attempt('owner', text), text).toBe(permissionDenied);
      }
    });
  });
});

describe('without an organisation', () => {
  test('no row is seen and none can be written', async () => {
    const { pool } = db.database;
    await forEachTable(async (table) => {
      const seen = await pool.query(`select 1 from ${table.name}`);
      expect(seen.rowCount, table.name).toBe(0);
      const column = idColumn(table);
      const row = rowFor(table, ours);
      const errors = await Promise.all(
        [
          pool.query(insertStatement(table, row), [JSON.stringify(row)]),
          pool.query(`update ${table.name} set ${column} = ${column}`),
          pool.query(`delete from ${table.name}`),
        ].map((query) =>
          query.then(({ rowCount }) => rowCount).catch((error: pg.DatabaseError) => error.code),
        ),
      );
      expect(errors[0], table.name).toBe(permissionDenied);
      for (const outcome of errors.slice(1)) expect([0, permissionDenied], table.name).toContain(outcome);
    });
  });
});

describe('of another organisation', () => {
  test.each(['owner', 'system'] as const)('%s sees, changes, deletes and adds nothing', async (role) => {
    await forEachTable(async (table) => {
      const { name } = table;
      const column = idColumn(table);
      const other = [theirs.organizationId];
      expect(await attempt(role, `select 1 from ${name}`), name).toBe(1);
      expect(await attempt(role, `select 1 from ${name} where ${column} = $1`, other), name).toBe(0);
      const row = rowFor(table, theirs);
      expect(await attempt(role, insertStatement(table, row), [JSON.stringify(row)]), name).toBe(
        permissionDenied,
      );
      const [update, remove] = [
        await attempt(role, `update ${name} set ${column} = ${column} where ${column} = $1`, other),
        await attempt(role, `delete from ${name} where ${column} = $1`, other),
      ];
      expect([update, remove], name).toEqual(
        ledgers.includes(name) ? [permissionDenied, permissionDenied] : [0, 0],
      );
      // Nor can a row of ours be given away.
      const given = await attempt(role, `update ${name} set ${column} = $1`, other);
      expect(given, name).toBe(copies.includes(name) && role !== 'system' ? 0 : permissionDenied);
    });
  });

  test('no row of ours can refer to one of theirs', async () => {
    let tried = 0;
    await forEachTable(async (table) => {
      for (const { column, table: target, target: key } of table.references) {
        if (column === 'organization_id') continue;
        const other = theirs.rows.get(target)?.[key];
        const row = { ...rowFor(table, ours), [column]: other };
        // A row that stands already meets no unique key on the way; those of a ledger can only be added.
        const outcome = ledgers.includes(table.name)
          ? await attempt('owner', insertStatement(table, row), [JSON.stringify(row)])
          : await attempt('system', `update ${table.name} set ${column} = $1`, [other]);
        expect(outcome, `${table.name}.${column}`).toBe(foreignKeyViolation);
        tried += 1;
      }
    });
    expect(tried).toBeGreaterThan(15);
  });
});

describe('within an organisation', () => {
  const allowed = {
    insert: ['owner', 'admin', 'manager', 'system'],
    update: ['owner', 'admin', 'manager', 'agent', 'system'],
    delete: ['owner', 'admin', 'system'],
  };

  test.each(roles)('%s may do what the role may, at every table', async (role) => {
    await forEachTable(async (table) => {
      const { name } = table;
      const column = idColumn(table);
      expect(await attempt(role, `select 1 from ${name}`), name).toBe(1);
      if (name === 'organizations') return;
      const row = rowFor(table, ours);
      const made = await attempt(role, insertStatement(table, row), [JSON.stringify(row)]);
      const updated = await attempt(role, `update ${name} set ${column} = ${column}`);
      const deleted = await attempt(role, `delete from ${name}`);
      // A key that exists already or is referred to is refused after the policy let it pass.
      if (allowed.insert.includes(role)) expect([1, '23505'], name).toContain(made);
      else expect(made, name).toBe(permissionDenied);
      if (ledgers.includes(name)) {
        expect([updated, deleted], name).toEqual([permissionDenied, permissionDenied]);
        return;
      }
      const may = (verb: 'update' | 'delete') =>
        copies.includes(name) ? role === 'system' : allowed[verb].includes(role);
      expect(updated, name).toBe(may('update') ? 1 : 0);
      if (may('delete')) expect([1, foreignKeyViolation], name).toContain(deleted);
      else expect(deleted, name).toBe(0);
    });
  });

  test('the organisation itself is changed by owner and admin, and deleted by nobody', async () => {
    for (const role of roles) {
      const changed = await attempt(role, `update organizations set name = 'New name'`);
      expect(changed, role).toBe(['owner', 'admin', 'system'].includes(role) ? 1 : 0);
      expect(await attempt(role, 'delete from organizations'), role).toBe(0);
    }
  });

  test('a role that is none may read and nothing else', async () => {
    expect(await attempt('superuser' as 'owner', 'select 1 from leads')).toBe(1);
    expect(await attempt('superuser' as 'owner', 'update leads set first_name = $1', ['x'])).toBe(0);
    expect(await attempt('superuser' as 'owner', 'delete from leads')).toBe(0);
  });
});

test('a published version of a journey is changed and deleted by nobody, not even the owner of the table', async () => {
  const id = [ours.rows.get('journey_versions')!.id];
  const restricted = '23001';
  expect(await attempt('owner', `update journey_versions set number = 7 where id = $1`, id)).toBe(1);
  await db.asOwner('update journey_versions set published_at = now() where id = $1', id);
  expect(await attempt('owner', `update journey_versions set number = 7 where id = $1`, id)).toBe(restricted);
  expect(await attempt('system', `update journey_versions set published_at = null where id = $1`, id)).toBe(
    restricted,
  );
  expect(await attempt('owner', `delete from journey_versions where id = $1`, id)).toBe(restricted);
  await expect(db.asOwner('delete from journey_versions where id = $1', id)).rejects.toThrow('is published');
});
