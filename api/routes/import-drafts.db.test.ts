import { describe, expect, test } from 'vitest';
import { upload } from '../testing/test-api.ts';
import { useImportApi } from '../testing/use-import-api.ts';

const world = useImportApi();
const { me } = world;

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
    expect(await world.everything()).toEqual([0, 1, 0, 0]);

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
    const left = await world.db.asOwner('select 1 from import_files where import_id = $1', [id]);
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
    expect(await world.everything()).toEqual([0, 0, 0, 0]);
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
    expect(await world.everything()).toEqual([0, 1, 0, 1]);
    expect((await me('/v1/imports')).body.items).toMatchObject([
      { status: 'failed', failure: { line: 40_002 } },
    ]);
  });
});
