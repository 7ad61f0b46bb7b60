import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { upload } from '../testing/test-api.ts';
import { ada, header, useImportApi } from '../testing/use-import-api.ts';

const world = useImportApi();
const { me } = world;

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
  const types = await world.db.asOwner('select type from events where organization_id = $1 order by id', [
    world.organizationId,
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
  const [before] = await world.db.asOwner(
    'select max(updated_at) as at from leads where organization_id = $1',
    [world.organizationId],
  );
  const again = await me('/v1/imports', upload(file));
  expect(again.body).toMatchObject({ rows: 2, created: 0, updated: 2, rejected: 0 });
  const [after] = await world.db.asOwner(
    'select max(updated_at) as at from leads where organization_id = $1',
    [world.organizationId],
  );
  expect(after).toEqual(before);
  expect(await world.everything()).toEqual([2, 2, 4, 4]);
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
  expect((await world.rejectionsOf(body)).map(({ line, column, code }) => [line, column, code])).toEqual([
    [3, 'phone1', 'MISSING_PHONE'],
    [4, 'phone1', 'INVALID_PHONE'],
    [6, null, 'ROW_TOO_SHORT'],
    [7, null, 'ROW_TOO_LONG'],
    [8, null, 'DUPLICATE_ROW'],
    [12, 'first_name', 'FIELD_TOO_LONG'],
  ]);
  const members = await world.db.asOwner(
    'select line from import_members where organization_id = $1 order by line',
    [world.organizationId],
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
    expect(await world.everything()).toEqual([0, 0, 0, 0]);
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
  await world.db.asOwner(
    `insert into custom_fields (organization_id, name, label, type) values ($1, 'age', 'Age', 'number')`,
    [world.organizationId],
  );
  const { body } = await me('/v1/imports', upload('phone,age\n504-621-8927,12\n810-292-9388,old\n'));
  expect(body).toMatchObject({ created: 1, rejected: 1 });
  expect(await world.rejectionsOf(body)).toMatchObject([
    { line: 3, column: 'age', code: 'INVALID_CUSTOM_FIELD' },
  ]);
});

test.each(['csv', 'xlsx'])('what is exported as %s and imported again changes nothing', async (format) => {
  const people =
    'id,first,last,phone,tags,plan,company,country\n' +
    'c-1,=Ada,"Love, ""lace""",+44 20 7946 0958,hot;west,+15045551234,-5,GB\n' +
    ",Bo,,504-621-8927,,@x,O'Neill,\n" +
    ",Cy,'=x,504-621-8927,,,,\n";
  expect((await me('/v1/imports', upload(people))).body.created).toBe(3);
  const key = async () =>
    world.db.asOwner(
      "select to_jsonb(l) - 'search_text' as lead from leads l where organization_id = $1 order by id",
      [world.organizationId],
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
  const told = await world.db.asOwner(
    `select 1 from events where organization_id = $1 and type = 'lead.updated'`,
    [world.organizationId],
  );
  expect(told).toEqual([]);
});

test('an import that Temporal could not be told of is begun by the sweeper', async () => {
  world.temporal.state.down = true;
  const answer = me('/v1/imports', upload(`${header}${ada}`));
  const row = () =>
    world.db.asOwner<{ status: string }>('select status from imports where organization_id = $1', [
      world.organizationId,
    ]);
  await expect.poll(async () => (await row())[0]?.status).toBe('importing');
  world.temporal.state.down = false;
  await world.api.imports.sweep();
  expect((await row())[0]?.status).toBe('importing');
  await world.db.asOwner(
    `update imports set started_at = now() - interval '1 minute' where organization_id = $1`,
    [world.organizationId],
  );
  await world.api.imports.sweep();
  expect((await answer).body).toMatchObject({ status: 'done', created: 1 });
});
