import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi, upload } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

const temporal = createRecordingTemporal();
let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let me: Caller;

beforeAll(async () => {
  db = await createTestDatabase();
  api = createTestApi({ database: db.database, temporal: temporal.client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  ({ organizationId } = await mintOrganization(db.database, { numbers: [] }));
  me = await api.as(organizationId, 'manager');
});

const header = 'first_name,last_name,phone,email\n';
const ada = 'Ada,Lovelace,(504) 621-8927,ada@example.com\n';

/** How many rows there are; news of an import that is under way come as often as they come. */
async function everything() {
  const tables = ['leads', 'imports', 'import_members', 'events'];
  const counts = tables.map((table) =>
    db.asOwner<{ count: number }>(
      `select count(*)::int as count from ${table} where organization_id = $1
       ${table === 'events' ? "and type <> 'import.updated'" : ''}`,
      [organizationId],
    ),
  );
  return (await Promise.all(counts)).map(([row]) => row!.count);
}

const rejectionsOf = async ({ id }: { id: string }) =>
  (await me(`/v1/imports/${id}/rejections?limit=200`)).body.items as any[];

test('a file becomes leads, members and events', async () => {
  const { status, body } = await me(
    '/v1/imports',
    upload(`${header}${ada}Alan,Turing,810-292-9388,alan@example.com\n`),
  );
  expect({ status, body }).toMatchObject({
    status: 201,
    body: {
      fileName: 'leads.csv',
      rows: 2,
      created: 2,
      updated: 0,
      rejected: 0,
      status: 'done',
      failure: null,
    },
  });
  expect((await me(`/v1/imports/${body.id}`)).body).toEqual(body);
  const { body: leads } = await me('/v1/leads?search=lovelace');
  expect(leads.items).toMatchObject([
    {
      firstName: 'Ada',
      phone: '+15046218927',
      phoneFormatted: '(504) 621-8927',
      email: 'ada@example.com',
      timeZones: ['America/Chicago'],
      status: 'new',
      stage: null,
    },
  ]);
  const types = await db.asOwner('select type from events where organization_id = $1 order by id', [
    organizationId,
  ]);
  expect(types.map(({ type }) => type).filter((type) => type !== 'import.updated')).toEqual([
    'lead.created',
    'lead.created',
    'import.completed',
  ]);
});

test('the same file again changes nothing', async () => {
  const file = `${header}${ada}Alan,Turing,810-292-9388,alan@example.com\n`;
  await me('/v1/imports', upload(file));
  const [before] = await db.asOwner('select max(updated_at) as at from leads where organization_id = $1', [
    organizationId,
  ]);
  const again = await me('/v1/imports', upload(file));
  expect(again.body).toMatchObject({ rows: 2, created: 0, updated: 2, rejected: 0 });
  const [after] = await db.asOwner('select max(updated_at) as at from leads where organization_id = $1', [
    organizationId,
  ]);
  expect(after).toEqual(before);
  expect(await everything()).toEqual([2, 2, 4, 4]);
});

test('the public sample: every row is accounted for, and the second time nobody is created', async () => {
  const sample = await readFile(new URL('../testing/sample-leads.csv', import.meta.url));
  const first = await me('/v1/imports', upload(sample));
  expect(first.status).toBe(201);
  const { rows, created, rejected } = first.body;
  expect(rows).toBe(created + rejected);
  expect(created).toBeGreaterThan(0);
  const second = await me('/v1/imports', upload(sample));
  expect(second.body).toMatchObject({ rows, created: 0, updated: created, rejected });
});

describe('who is who', () => {
  const leadsOf = async () => (await me('/v1/leads?limit=200')).body.items as any[];

  test('the external id decides, also when number and name have changed', async () => {
    await me('/v1/imports', upload('id,first_name,last_name,phone\nc-1,Ada,Byron,504-621-8927\n'));
    await me('/v1/imports', upload('id,first_name,last_name,phone\nc-1,Ada,Lovelace,810-292-9388\n'));
    expect(await leadsOf()).toMatchObject([
      { externalId: 'c-1', lastName: 'Lovelace', phone: '+18102929388' },
    ]);
  });

  test('a lead without external id is found by number and name, and takes the id', async () => {
    await me('/v1/imports', upload(`${header}${ada}`));
    await me('/v1/imports', upload('id,first_name,last_name,phone\nc-9,ADA,lovelace,+1 504 621 8927\n'));
    expect(await leadsOf()).toMatchObject([{ externalId: 'c-9', email: 'ada@example.com' }]);
  });

  test('people who share a number are different leads', async () => {
    await me('/v1/imports', upload(`${header}${ada}Byron,Lovelace,504-621-8927,\n`));
    expect(await leadsOf()).toHaveLength(2);
  });

  test('an empty cell empties nothing, and custom fields are added to', async () => {
    await me(
      '/v1/imports',
      upload(`phone,first_name,last_name,email,plan\n504-621-8927,Ada,L,a@b.co,gold\n`),
    );
    await me('/v1/imports', upload(`phone,first_name,last_name,email,size\n504-621-8927,Ada,L,,12\n`));
    expect(await leadsOf()).toMatchObject([{ email: 'a@b.co', customFields: { plan: 'gold', size: '12' } }]);
  });

  test('the zones follow from number and address together, whichever file said what', async () => {
    const zones = async () => (await leadsOf()).map(({ timeZones }) => timeZones.toSorted());
    await me('/v1/imports', upload('phone,name,state\n504-621-8927,Ada L,CA\n'));
    expect(await zones()).toEqual([['America/Chicago', 'America/Los_Angeles']]);
    await me('/v1/imports', upload('phone,name,city\n504-621-8927,Ada L,Fresno\n'));
    expect(await zones()).toEqual([['America/Chicago', 'America/Los_Angeles']]);
    expect(await leadsOf()).toMatchObject([{ city: 'Fresno', state: 'CA' }]);
  });

  test('tags are added to, and the spelling of a number stays while the number does', async () => {
    await me('/v1/imports', upload('phone,name,tags\n504-621-8927,Ada L,a;b\n'));
    await me('/v1/imports', upload('phone,name,tags\n+15046218927,Ada L,b;c\n'));
    expect(await leadsOf()).toMatchObject([{ tags: ['a', 'b', 'c'] }]);
    const [row] = await db.asOwner('select raw_phone from leads where organization_id = $1', [
      organizationId,
    ]);
    expect(row).toEqual({ raw_phone: '504-621-8927' });
  });

  test('two external ids on one person without any are two people, whichever row comes first', async () => {
    await me('/v1/imports', upload('phone,name\n504-621-8927,Ada L\n'));
    const { body } = await me(
      '/v1/imports',
      upload('id,phone,name\nx-1,504-621-8927,Ada L\nx-2,504-621-8927,Ada L\n'),
    );
    expect(body).toMatchObject({ created: 1, updated: 1, rejected: 0 });
    expect((await leadsOf()).map(({ externalId }) => externalId as string).toSorted()).toEqual([
      'x-1',
      'x-2',
    ]);
  });

  test('two imports of one file at the same time create everybody once', async () => {
    const file = header + Array.from({ length: 40 }, (_, n) => `F${n},L${n},504-621-${8000 + n},\n`).join('');
    const answers = await Promise.all([1, 2, 3, 4].map(() => me('/v1/imports', upload(file))));
    expect(answers.map(({ body }) => body.created).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 40]);
    expect(await leadsOf()).toHaveLength(40);
  });
});

test('nobody is taken twice from one file: by id, or by number and name where one line has no id', async () => {
  const file =
    'id,name,phone,tags\n' + // 1
    'c-1,Ada Lovelace,504-621-8927,hot; west\n' + // 2
    'c-1,Ada Byron,504-621-8000,\n' + // 3
    'c-2,Ada Lovelace,504-621-8927,\n' + // 4: another id is another person
    ',ADA LOVELACE,+15046218927,\n'; // 5
  const { body } = await me('/v1/imports', upload(file));
  expect(body).toMatchObject({ rows: 4, created: 2 });
  expect((await rejectionsOf(body)).map(({ line, code, message }) => [line, code, message])).toEqual([
    [3, 'DUPLICATE_ROW', 'The same person stands in line 2 already.'],
    [5, 'DUPLICATE_ROW', 'The same person stands in line 2 already.'],
  ]);
  const { body: leads } = await me('/v1/leads');
  expect(leads.items.find(({ externalId }: any) => externalId === 'c-1')).toMatchObject({
    firstName: 'Ada',
    lastName: 'Lovelace',
    tags: ['hot', 'west'],
  });
  // A later file may know the first person without the id; it is still one person to a line.
  const again = await me(
    '/v1/imports',
    upload('name,phone\nAda Lovelace,504-621-8927\nada lovelace,5046218927\n'),
  );
  expect(again.body).toMatchObject({ created: 0, updated: 1, rejected: 1 });
  expect(await rejectionsOf(again.body)).toMatchObject([
    { line: 3, code: 'DUPLICATE_ROW', cells: ['ada lovelace', '5046218927'] },
  ]);
});

test('a row that cannot be taken is told by line, column and code, and the others are taken', async () => {
  const file =
    'first_name,last_name,phone1,phone2\n' + // 1
    'Ok,One,504-621-8927,\n' + // 2
    'No,Phone,,\n' + // 3
    'Bad,Phone,12,34\n' + // 4
    'Second,Phone,12,810-292-9388\n' + // 5
    'Short,Row\n' + // 6
    'Long,Row,504-621-8928,,extra\n' + // 7
    'OK,one,+15046218927,\n' + // 8
    '\n' + // 9
    '"Many\nlines",Name,504-621-8929,\n' + // 10
    `${'x'.repeat(2001)},Name,504-621-8930,\n`; // 12
  const { status, body } = await me('/v1/imports', upload(file));
  expect(status).toBe(201);
  expect(body.rows).toBe(9);
  expect(body.created).toBe(3);
  expect((await rejectionsOf(body)).map(({ line, column, code }) => [line, column, code])).toEqual([
    [3, 'phone1', 'MISSING_PHONE'],
    [4, 'phone1', 'INVALID_PHONE'],
    [6, null, 'ROW_TOO_SHORT'],
    [7, null, 'ROW_TOO_LONG'],
    [8, null, 'DUPLICATE_ROW'],
    [12, 'first_name', 'FIELD_TOO_LONG'],
  ]);
  const members = await db.asOwner(
    'select line from import_members where organization_id = $1 order by line',
    [organizationId],
  );
  expect(members.map(({ line }) => line)).toEqual([2, 5, 10]);
});

describe('a file that is broken as a whole is refused, and nothing of it is done', () => {
  const big = Array.from(
    { length: 1200 },
    (_, n) => `F${n},L${n},504-62${String(10000 + n).slice(0, 1)}-${1000 + n},\n`,
  ).join('');
  test.each([
    ['nothing at all', '', 'EMPTY_FILE', undefined],
    ['blank lines', ' \n\n', 'EMPTY_FILE', undefined],
    ['a header alone', header, 'EMPTY_FILE', undefined],
    ['no phone column', 'name,email\nAda,a@b.co\n', 'NO_PHONE_COLUMN', undefined],
    [
      'a quotation mark that is never closed, after a whole batch',
      `${header}${big}Eve,"Open,504-621-8927,\nx,y,z,\n`,
      'BROKEN_CSV',
      1202,
    ],
    ['text behind a closing quotation mark', `${header}${ada}"A"b,C,504-621-8927,\n`, 'BROKEN_CSV', 3],
    ['a workbook that is cut off', 'PK\u0003\u0004\u0000\u0000', 'BROKEN_XLSX', undefined],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'OLD_EXCEL_FILE', undefined],
    ['a text with a zero byte', `${header}Ada\u0000,L,504-621-8927,\n`, 'BROKEN_CSV', 2],
    ['too many columns', `phone${',x'.repeat(10_000)}\n504-621-8927\n`, 'TOO_MANY_COLUMNS', 1],
    [
      'a cell of more than a megabyte',
      `${header}${ada}"${'x'.repeat(1_000_001)}",L,504-621-8927,\n`,
      'CELL_TOO_LONG',
      3,
    ],
  ])('%s', async (_what, content, code, line) => {
    const { status, body } = await me('/v1/imports', upload(content));
    expect({ status, code: body.code, line: body.line }).toEqual({ status: 422, code, line });
    expect(body.field).toBe('file');
    expect(await everything()).toEqual([0, 0, 0, 0]);
  });
});

test('a raw body is a file too, with its options in the query', async () => {
  const { status, body } = await me('/v1/imports?defaultCountry=GB&source=fair&fileName=fair.csv', {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: 'name;mobile\nGrace Brewster Hopper;020 7946 0958\n',
  });
  expect({ status, body }).toMatchObject({ status: 201, body: { fileName: 'fair.csv', created: 1 } });
  const { body: leads } = await me('/v1/leads');
  expect(leads.items).toMatchObject([
    {
      firstName: 'Grace',
      lastName: 'Brewster Hopper',
      phone: '+442079460958',
      source: 'fair',
      timeZones: ['Europe/London'],
    },
  ]);
});

test.each([
  ['no file', { method: 'POST', body: new FormData() }, 422, 'REQUIRED'],
  ['JSON', { method: 'POST', json: {} }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a country that is none', upload(ada, { defaultCountry: 'USA' }), 422, 'VALIDATION_FAILED'],
])('%s is refused', async (_what, request, status, code) => {
  const answer = await me('/v1/imports', request);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

describe('a draft', () => {
  const file =
    'Name;Number;Plan;County\nAda Lovelace;504-621-8927;gold;x\nNo Phone;;;\nBo;810-292-9388;silver;y\n';
  const draft = async (content: string | Uint8Array = file) =>
    (await me('/v1/imports', upload(content, { draft: 'true' }))).body;
  const finished = async (id: string) => {
    await expect.poll(async () => (await me(`/v1/imports/${id}`)).body.status).not.toBe('importing');
    return (await me(`/v1/imports/${id}`)).body;
  };

  test('is shown as it will be, changed, and begun once', async () => {
    const { id, status, options } = await draft();
    expect({ status, options }).toMatchObject({
      status: 'draft',
      options: { delimiter: ';', header: true, encoding: 'utf-8' },
    });
    const { body: preview } = await me(`/v1/imports/${id}/preview`);
    expect(preview).toMatchObject({
      sheets: [],
      guessed: { delimiter: ';', header: true, encoding: 'utf-8' },
      columns: [
        { name: 'Name', target: 'fullName', samples: ['Ada Lovelace', 'No Phone', 'Bo'] },
        { name: 'Number', target: 'phone', samples: ['504-621-8927', '810-292-9388'] },
        { name: 'Plan', target: 'custom.plan' },
        { name: 'County', target: 'custom.county' },
      ],
      rows: [
        { line: 2, ok: true, lead: { firstName: 'Ada', phone: '+15046218927' }, problem: null },
        { line: 3, ok: false, lead: null, problem: { column: 'Number', code: 'MISSING_PHONE' } },
        { line: 4, ok: true },
      ],
    });
    const changed = await me(`/v1/imports/${id}`, {
      method: 'PATCH',
      json: {
        source: 'fair',
        columns: [
          { index: 2, target: 'tags' },
          { index: 3, target: null },
        ],
      },
    });
    expect(changed.body.options.columns.map(({ target }: any) => target)).toEqual([
      'fullName',
      'phone',
      'tags',
      null,
    ]);
    expect(await everything()).toEqual([0, 1, 0, 0]);

    const starts = await Promise.all([1, 2].map(() => me(`/v1/imports/${id}/start`, { method: 'POST' })));
    expect(starts.map(({ status: code }) => code)).toEqual([202, 202]);
    expect(await finished(id)).toMatchObject({ status: 'done', rows: 3, created: 2, rejected: 1 });
    const { body: leads } = await me('/v1/leads?search=ada');
    expect(leads.items).toMatchObject([{ tags: ['gold'], source: 'fair', customFields: {} }]);
    for (const request of [
      ['', { method: 'DELETE' }],
      ['', { method: 'PATCH', json: { source: 'x' } }],
      ['/preview', {}],
    ] as const) {
      expect((await me(`/v1/imports/${id}${request[0]}`, request[1])).body.code).toBe('IMPORT_STARTED');
    }
    expect((await me('/v1/imports')).body.items).toMatchObject([{ id, status: 'done' }]);
    const left = await db.asOwner('select 1 from import_files where import_id = $1', [id]);
    expect(left).toEqual([]);
  });

  test('is read anew when its delimiter or header is another, and can be forgotten', async () => {
    const { id } = await draft('a|504-621-8927|x\nb|810-292-9388|y\n');
    const patch = (json: object) => me(`/v1/imports/${id}`, { method: 'PATCH', json });
    expect((await me(`/v1/imports/${id}`)).body.options).toMatchObject({ delimiter: '|', header: false });
    expect((await patch({ header: true })).body.options.columns).toMatchObject([
      { name: 'a', target: 'custom.a' },
      { name: '504-621-8927', target: 'phone' },
      { name: 'x', target: 'custom.x' },
    ]);
    const wrong = [
      await patch({ columns: [{ index: 9, target: 'email' }] }),
      await patch({ columns: [{ index: 1, target: 'email' }] }),
      await patch({ delimiter: ';' }),
      await patch({ columns: [{ index: 0, target: 'shoe' }] }),
      await patch({
        columns: [
          { index: 0, target: 'city' },
          { index: 2, target: 'city' },
        ],
      }),
    ];
    expect(wrong.map(({ status, body }) => [status, body.code])).toEqual([
      [422, 'UNKNOWN_COLUMN'],
      [422, 'NO_PHONE_COLUMN'],
      [422, 'NO_PHONE_COLUMN'],
      [422, 'VALIDATION_FAILED'],
      [422, 'DUPLICATE_TARGET'],
    ]);
    expect((await me(`/v1/imports/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await me(`/v1/imports/${id}`)).status).toBe(404);
    expect(await everything()).toEqual([0, 0, 0, 0]);
  });

  test('that turns out to be broken far behind its beginning takes nothing', async () => {
    const rows = Array.from(
      { length: 40_000 },
      (_, nr) => `First${nr},Last,504-${200 + (nr % 700)}-${1000 + Math.floor(nr / 700)}\n`,
    );
    const { status, body } = await me(
      '/v1/imports',
      upload(`first,last,phone\n${rows.join('')}"A"b,c,504-621-8927\n`),
    );
    expect([status, body.code, body.line]).toEqual([422, 'BROKEN_CSV', 40_002]);
    expect(await everything()).toEqual([0, 1, 0, 1]);
    expect((await me('/v1/imports')).body.items).toMatchObject([
      { status: 'failed', failure: { line: 40_002 } },
    ]);
  });
});

test('rejected rows are downloaded, mended and imported again, formulas and all', async () => {
  const file = 'name,phone,note\nAda,,=1+1\nBo,12,"a ""b"", c"\nCy,504-621-8927,ok\n';
  const { body: first } = await me('/v1/imports', upload(file));
  const { text, headers } = await me(`/v1/imports/${first.id}/rejections.csv`);
  expect(headers.get('content-disposition')).toContain('leads-rejected.csv');
  expect(text.replace('\ufeff', '').split('\r\n')).toEqual([
    'name,phone,note,leadway_line,leadway_column,leadway_code,leadway_message',
    "Ada,,'=1+1,2,phone,MISSING_PHONE,The row has no phone number.",
    'Bo,12,"a ""b"", c",3,phone,INVALID_PHONE,The phone number is too short.',
    '',
  ]);
  const mended = text.replace('Ada,,', 'Ada,810-292-9388,').replace('Bo,12,', 'Bo,856-636-8749,');
  const { body: second } = await me('/v1/imports', upload(mended));
  expect(second).toMatchObject({ rows: 2, created: 2, rejected: 0 });
  const { body: leads } = await me('/v1/leads');
  expect(leads.items.map(({ customFields }: any) => customFields.note).toSorted()).toEqual([
    '=1+1',
    'a "b", c',
    'ok',
  ]);
});

test('a custom field takes what its type takes', async () => {
  await db.asOwner(
    `insert into custom_fields (organization_id, name, label, type) values ($1, 'age', 'Age', 'number')`,
    [organizationId],
  );
  const { body } = await me('/v1/imports', upload('phone,age\n504-621-8927,12\n810-292-9388,old\n'));
  expect(body).toMatchObject({ created: 1, rejected: 1 });
  expect(await rejectionsOf(body)).toMatchObject([{ line: 3, column: 'age', code: 'INVALID_CUSTOM_FIELD' }]);
});

test.each(['csv', 'xlsx'])('what is exported as %s and imported again changes nothing', async (format) => {
  const people =
    'id,first,last,phone,tags,plan,company,country\n' +
    'c-1,=Ada,"Love, ""lace""",+44 20 7946 0958,hot;west,+15045551234,-5,GB\n' +
    ",Bo,,504-621-8927,,@x,O'Neill,\n" +
    ",Cy,'=x,504-621-8927,,,,\n";
  expect((await me('/v1/imports', upload(people))).body.created).toBe(3);
  const key = async () =>
    db.asOwner(
      "select to_jsonb(l) - 'search_text' as lead from leads l where organization_id = $1 order by id",
      [organizationId],
    );
  const before = await key();
  const { status, bytes } = await me(`/v1/leads/export?format=${format}`);
  expect(status).toBe(200);
  if (format === 'csv') {
    expect(Buffer.from(bytes).toString()).toContain('+442079460958');
    expect(Buffer.from(bytes).toString()).toContain("'=Ada");
  }
  const { body } = await me('/v1/imports', upload(bytes));
  expect(body).toMatchObject({ rows: 3, created: 0, updated: 3, rejected: 0 });
  expect(await key()).toEqual(before);
  const told = await db.asOwner(`select 1 from events where organization_id = $1 and type = 'lead.updated'`, [
    organizationId,
  ]);
  expect(told).toEqual([]);
});

test('an import that Temporal could not be told of is begun by the sweeper', async () => {
  temporal.state.down = true;
  const answer = me('/v1/imports', upload(`${header}${ada}`));
  const row = () =>
    db.asOwner<{ status: string }>('select status from imports where organization_id = $1', [organizationId]);
  await expect.poll(async () => (await row())[0]?.status).toBe('importing');
  temporal.state.down = false;
  await api.imports.sweep();
  expect((await row())[0]?.status).toBe('importing');
  await db.asOwner(`update imports set started_at = now() - interval '1 minute' where organization_id = $1`, [
    organizationId,
  ]);
  await api.imports.sweep();
  expect((await answer).body).toMatchObject({ status: 'done', created: 1 });
});

test('a lead that was deleted is nobody: the same person is created anew', async () => {
  await me('/v1/imports', upload(`${header}${ada}`));
  await db.asOwner('update leads set deleted_at = now() where organization_id = $1', [organizationId]);
  expect((await me('/v1/imports', upload(`${header}${ada}`))).body).toMatchObject({ created: 1, updated: 0 });
});
