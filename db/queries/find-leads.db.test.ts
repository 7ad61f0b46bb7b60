import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memberRoles } from '../schema/organizations.ts';
import { withOrganization } from '../tenant.ts';
import { mintLead, mintOrganization } from '../testing/factories.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import type { TestDatabase } from '../testing/test-database.ts';
import { rowsOf } from './rows.ts';

let db: TestDatabase;
let ours: string;
let theirs: string;
const ids = new Map<string, string>();

const people: Record<
  string,
  { firstName: string; lastName: string; company?: string; email?: string; phone: string }
> = {
  smith: {
    firstName: 'John',
    lastName: 'Smith',
    company: 'Acme Corp',
    email: 'js@acme.io',
    phone: '+15046218927',
  },
  smithson: { firstName: 'Johnny', lastName: 'Smithson', phone: '+12125550100' },
  garcia: { firstName: 'José', lastName: 'García', company: 'Łódź & Søn', phone: '+34911234567' },
  percent: { firstName: 'Per_cent', lastName: '100%', phone: '+13125550199' },
};

beforeAll(async () => {
  db = await createTestDatabase();
  ({ organizationId: ours } = await mintOrganization(db.database));
  ({ organizationId: theirs } = await mintOrganization(db.database));
  for (const [name, person] of Object.entries(people)) {
    ids.set(name, (await mintLead(db.database, ours, person)).leadId);
  }
  await mintLead(db.database, theirs, { ...people.smith!, lastName: 'Smith of theirs' });
});
afterAll(() => db.close());

async function found(search: string, organizationId = ours): Promise<string[]> {
  const rows = await withOrganization(db.database, { organizationId, role: 'viewer' }, (tx) =>
    rowsOf<{ lead_id: string }>(tx, sql`select lead_id from find_leads(${search})`),
  );
  const names = new Map([...ids].map(([name, id]) => [id, name]));
  return rows.map(({ lead_id: id }) => names.get(id) ?? 'theirs');
}

describe('a search finds', () => {
  test.each([
    ['John Smith', ['smith', 'smithson']],
    ['smith john', ['smith', 'smithson']],
    ['jo', ['smith', 'smithson', 'garcia']],
    ['ACME', ['smith']],
    ['js@acme', ['smith']],
    ['504621', ['smith']],
    ['(504) 621-8927', ['smith']],
    ['john 504-621', ['smith']],
    ['jose garcia', ['garcia']],
    ['GARCÍA', ['garcia']],
    ['lodz son', ['garcia']],
    ['100%', ['percent']],
    ['r_c', ['percent']],
  ])('%s', async (search, names) => {
    expect((await found(search)).sort()).toEqual([...names].sort());
  });

  test('the whole word before its beginning', async () => {
    expect(await found('smith')).toEqual(['smith', 'smithson']);
  });

  test.each([
    ['Jhon Smtih', 'smith'],
    ['Jonh Smith', 'smith'],
    ['smyth', 'smith'],
    ['jon smith', 'smith'],
    ['garca josee', 'garcia'],
    ['smitson', 'smithson'],
    ['garsia', 'garcia'],
    ['Gracia Jose', 'garcia'],
  ])('whom %s is like, when nobody is called so', async (search, name) => {
    expect((await found(search))[0]).toBe(name);
  });

  test.each(['%', '_____', 'xyzzy', "'; drop table leads; --", String.raw`\ `, '   ', '9999999'])(
    'nobody by %s',
    async (search) => {
      expect((await found(search)).filter((name) => name !== 'percent')).toEqual([]);
    },
  );

  test('nobody who is deleted', async () => {
    const { leadId } = await mintLead(db.database, ours, { lastName: 'Gonequickly', deletedAt: new Date() });
    expect(leadId).toBeDefined();
    expect(await found('gonequickly')).toEqual([]);
  });
});

describe('nobody finds another organisation’s', () => {
  test('by the setting that row-level security reads, for whoever asks', async () => {
    expect(await found('theirs')).toEqual([]);
    expect(await found('theirs', theirs)).toEqual(['theirs']);
    for (const role of memberRoles) {
      const rows = await withOrganization(db.database, { organizationId: theirs, role }, (tx) =>
        rowsOf(tx, sql`select lead_id from find_leads('smith')`),
      );
      expect(rows).toHaveLength(1);
    }
  });

  test('without an organisation nobody is found', async () => {
    const { rows } = await db.database.pool.query(`select * from find_leads('smith')`);
    expect(rows).toEqual([]);
  });

  test('the role reads what a search looks through and nothing else, and nobody can put a function in its way', async () => {
    const [facts] = await db.asOwner(`
      select r.rolcanlogin or r.rolsuper or r.rolbypassrls or r.rolcreaterole as strong,
        (select array_agg(member::regrole::text) from pg_auth_members m where m.roleid = r.oid
          and member::regrole::text <> session_user) as members,
        (select array_agg(distinct table_name || '.' || column_name || ' ' || privilege_type)
          from information_schema.column_privileges where grantee = 'leadway_search') as columns,
        (select array_agg(table_name::text) from information_schema.role_table_grants where grantee = 'leadway_search') as tables,
        (select array_agg(tablename || ' ' || cmd) from pg_policies where 'leadway_search' = any(roles)) as policies,
        has_schema_privilege('leadway_search', 'public', 'create') or has_schema_privilege('leadway_app', 'public', 'create') as creates,
        (select array_agg(p.proname || ' ' || p.proconfig[1]) from pg_proc p where p.proowner = r.oid) as functions,
        has_function_privilege('public', 'find_leads(text, integer)', 'execute') as anybody
      from pg_roles r where r.rolname = 'leadway_search'`);
    expect(facts).toEqual({
      strong: false,
      members: null,
      columns: ['deleted_at', 'id', 'organization_id', 'search_text'].map((name) => `leads.${name} SELECT`),
      tables: null,
      policies: ['leads SELECT'],
      creates: false,
      functions: ['find_leads search_path=public, pg_temp'],
      anybody: false,
    });
  });
});

test('the search reads its index by organisation and trigrams together', async () => {
  await db.asOwner(`
    insert into leads (organization_id, phone, raw_phone, first_name, last_name)
    select '${ours}', '+1202' || (3000000 + nr), '', 'Ada' || nr, 'Person' || md5(nr::text) from generate_series(1, 8000) nr`);
  await db.asOwner('vacuum analyze leads');
  const plan = await db.asOwner<{ 'QUERY PLAN': string }>(`
    explain select l.id from leads l where l.organization_id = '${ours}' and l.deleted_at is null and l.search_text like '%garcia%'`);
  const text = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(text).toMatch(
    /Bitmap Index Scan on leads_search[\s\S]*Index Cond: \(\(organization_id = .*\) AND \(search_text ~~ '%garcia%'/,
  );
  // And the function itself: with the index it touches a handful of pages, without it all of them.
  const [before] = await db.asOwner<{ scans: string }>(scans);
  expect(await found('garcia')).toEqual(['garcia']);
  await expect
    .poll(async () => Number((await db.asOwner<{ scans: string }>(scans))[0]!.scans), {
      timeout: 15_000,
      interval: 500,
    })
    .toBeGreaterThan(Number(before!.scans));
});

const scans = `select idx_scan as scans from pg_stat_user_indexes where indexrelname = 'leads_search'`;
