import { afterAll, beforeAll, expect, test } from 'vitest';
import { importWorkflowId } from '#domain/workflow-ids.ts';
import { createTestApi, upload } from '#api/testing/test-api.ts';
import type { TestApi } from '#api/testing/test-api.ts';
import { mintOrganization } from '#db/testing/factories.ts';
import { createWorkflowRig } from '../testing/rig.ts';
import type { WorkflowRig } from '../testing/rig.ts';

/** The machine may be busy with other tests. */
const patience = { timeout: 60_000, interval: 20 };
const rows = 50_000;

let rig: WorkflowRig;
let api: TestApi;
beforeAll(async () => {
  rig = await createWorkflowRig();
  api = createTestApi({ database: rig.database, temporal: rig.temporal }, { taskQueue: 'test' });
});
afterAll(async () => {
  await api.stop();
  await rig.close();
});

function people(count: number): string {
  const line = (nr: number) =>
    `First${nr},Last${nr},504-${200 + (nr % 700)}-${1000 + Math.floor(nr / 700)}\n`;
  return `first,last,phone\n${Array.from({ length: count }, (_, nr) => line(nr)).join('')}First0,Last0,504-200-1000\n`;
}

test('a file whose import is cut down at half is imported to its end, everybody once', async () => {
  const { organizationId } = await mintOrganization(rig.database);
  const me = await api.as(organizationId, 'manager');
  const draft = await me('/v1/imports', upload(people(rows), { draft: 'true' }));
  const { id: importId } = draft.body;
  await me(`/v1/imports/${importId}/start`, { method: 'POST' });
  const row = async () => (await rig.asOwner('select * from imports where id = $1', [importId]))[0]!;
  const count = async (table: string) =>
    (
      await rig.asOwner<{ count: number }>(`select count(*)::int from ${table} where organization_id = $1`, [
        organizationId,
      ])
    )[0]!.count;

  // Its connection goes, as it does when its process is killed: while it reads, and again while it stores.
  const cut = () =>
    rig.asOwner<{ cut: boolean }>(
      `select pg_terminate_backend(pid) as cut from pg_stat_activity
       where datname = current_database() and query like '%staged%' and pid <> pg_backend_pid()`,
    );
  await expect.poll(async () => (await cut()).length, patience).toBeGreaterThan(0);
  expect(await count('leads')).toBe(0);
  await expect.poll(async () => (await row()).created as number, patience).toBeGreaterThan(0);
  await cut();
  const stored = await count('leads');
  expect(stored).toBeGreaterThan(0);
  expect(stored).toBeLessThan(rows);

  const handle = rig.temporal.workflow.getHandle(importWorkflowId({ organizationId, importId }));
  expect(await handle.result()).toEqual({ status: 'done' });
  expect(await row()).toMatchObject({
    status: 'done',
    rows: rows + 1,
    created: rows,
    updated: 0,
    rejected: 1,
  });
  expect(await count('leads')).toBe(rows);
  expect(await count('import_members')).toBe(rows);
  const told = await rig.asOwner<{ type: string; count: number }>(
    `select type, count(*)::int from events where organization_id = $1 and type <> 'import.updated' group by 1 order by 1`,
    [organizationId],
  );
  expect(told).toEqual([
    { type: 'import.completed', count: 1 },
    { type: 'lead.created', count: rows },
  ]);
  const { body } = await me(`/v1/imports/${importId}/rejections`);
  expect(body.items).toMatchObject([
    { line: rows + 2, code: 'DUPLICATE_ROW', cells: ['First0', 'Last0', '504-200-1000'] },
  ]);
  expect(await count('import_files')).toBe(0);

  const history = JSON.stringify(await rig.replay(handle.workflowId), (key, value: unknown) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
  );
  expect(history).toContain(importId);
  expect(history).not.toMatch(/First\d|504-/);
});
