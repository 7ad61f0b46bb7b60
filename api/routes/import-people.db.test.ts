import { describe, expect, test } from 'vitest';
import { upload } from '../testing/test-api.ts';
import { ada, header, useImportApi } from '../testing/use-import-api.ts';

const world = useImportApi();
const { me } = world;

describe('who is who', () => {
  test('the external id decides, also when number and name have changed', async () => {
    await me('/v1/imports', upload('id,first_name,last_name,phone\nc-1,Ada,Byron,504-621-8927\n'));
    await me('/v1/imports', upload('id,first_name,last_name,phone\nc-1,Ada,Lovelace,810-292-9388\n'));
    expect(await world.leads()).toMatchObject([
      { externalId: 'c-1', lastName: 'Lovelace', phone: '+18102929388' },
    ]);
  });

  test('a lead without external id is found by number and name, and takes the id', async () => {
    await me('/v1/imports', upload(`${header}${ada}`));
    await me('/v1/imports', upload('id,first_name,last_name,phone\nc-9,ADA,lovelace,+1 504 621 8927\n'));
    expect(await world.leads()).toMatchObject([{ externalId: 'c-9', email: 'ada@example.com' }]);
  });

  test('people who share a number are different leads', async () => {
    await me('/v1/imports', upload(`${header}${ada}Byron,Lovelace,504-621-8927,\n`));
    expect(await world.leads()).toHaveLength(2);
  });

  test('an empty cell empties nothing, and custom fields are added to', async () => {
    await me(
      '/v1/imports',
      upload(`phone,first_name,last_name,email,plan\n504-621-8927,Ada,L,a@b.co,gold\n`),
    );
    await me('/v1/imports', upload(`phone,first_name,last_name,email,size\n504-621-8927,Ada,L,,12\n`));
    expect(await world.leads()).toMatchObject([
      { email: 'a@b.co', customFields: { plan: 'gold', size: '12' } },
    ]);
  });

  test('the zones follow from number and address together, whichever file said what', async () => {
    const zones = async () => (await world.leads()).map(({ timeZones }) => timeZones.toSorted());
    await me('/v1/imports', upload('phone,name,state\n504-621-8927,Ada L,CA\n'));
    expect(await zones()).toEqual([['America/Chicago', 'America/Los_Angeles']]);
    await me('/v1/imports', upload('phone,name,city\n504-621-8927,Ada L,Fresno\n'));
    expect(await zones()).toEqual([['America/Chicago', 'America/Los_Angeles']]);
    expect(await world.leads()).toMatchObject([{ city: 'Fresno', state: 'CA' }]);
  });

  test('tags are added to, and the spelling of a number stays while the number does', async () => {
    await me('/v1/imports', upload('phone,name,tags\n504-621-8927,Ada L,a;b\n'));
    await me('/v1/imports', upload('phone,name,tags\n+15046218927,Ada L,b;c\n'));
    expect(await world.leads()).toMatchObject([{ tags: ['a', 'b', 'c'] }]);
    const [row] = await world.db.asOwner('select raw_phone from leads where organization_id = $1', [
      world.organizationId,
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
    expect((await world.leads()).map(({ externalId }) => externalId as string).toSorted()).toEqual([
      'x-1',
      'x-2',
    ]);
  });

  test('two imports of one file at the same time create everybody once', async () => {
    const file = header + Array.from({ length: 40 }, (_, n) => `F${n},L${n},504-621-${8000 + n},\n`).join('');
    const answers = await Promise.all([1, 2, 3, 4].map(() => me('/v1/imports', upload(file))));
    expect(answers.map(({ body }) => body.created).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 40]);
    expect(await world.leads()).toHaveLength(40);
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
  expect((await world.rejectionsOf(body)).map(({ line, code, message }) => [line, code, message])).toEqual([
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
  expect(await world.rejectionsOf(again.body)).toMatchObject([
    { line: 3, code: 'DUPLICATE_ROW', cells: ['ada lovelace', '5046218927'] },
  ]);
});

test('a lead that was deleted is nobody: the same person is created anew', async () => {
  await me('/v1/imports', upload(`${header}${ada}`));
  await world.db.asOwner('update leads set deleted_at = now() where organization_id = $1', [
    world.organizationId,
  ]);
  expect((await me('/v1/imports', upload(`${header}${ada}`))).body).toMatchObject({ created: 1, updated: 0 });
});
