import { afterAll, beforeAll, expect, test } from 'vitest';
import { processDelivery } from '#api/inbox/process.ts';
import { createRecordingTemporal } from '#api/testing/recording-temporal.ts';
import { createWorkflows } from '#api/workflows.ts';
import { createTouchBench } from './testing/touch-bench.ts';
import type { TouchBench } from './testing/touch-bench.ts';

let bench: TouchBench;
beforeAll(async () => {
  bench = await createTouchBench();
});
afterAll(() => bench.close());

test('a request that the carrier refuses with 21610 opts the number out once, and ends all its journeys', async () => {
  const { organizationId, enrol } = await bench.organization(undefined, { recentSmsHours: 0 });
  const journeys = [await enrol()];
  journeys.push(await enrol({ phone: journeys[0]!.phone }), await enrol({ phone: journeys[0]!.phone }));
  const { phone } = journeys[0]!;
  const refused = { outcome: 'refused', code: 'OPTED_OUT' };
  bench.carrier.will({ reject: '21610' }, { reject: '21610' });
  const requests = bench.carrier.requests();
  // One after the other, and the first one again: the second is refused by the gate and asks the carrier nothing.
  expect(await bench.attempt(journeys[0]!, 'text')).toEqual(refused);
  expect(await bench.attempt(journeys[1]!, 'text')).toEqual(refused);
  expect(await bench.attempt(journeys[0]!, 'text')).toEqual(refused);
  expect(bench.carrier.requests()).toBe(requests + 1);
  const consents = await bench.asOwner('select kind, source, text from consents where phone = $1', [phone]);
  expect(consents).toEqual([{ kind: 'opt_out', source: 'carrier', text: '21610' }]);

  // The worker may be dead by now: the inbox has it from the same transaction.
  const rows = await bench.asOwner<{ id: string; payload: object }>(
    `select id, payload from webhook_inbox where organization_id = $1 and kind = 'opt-out'`,
    [organizationId],
  );
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows[0]!.payload)).not.toContain(phone);
  const temporal = createRecordingTemporal();
  const workflows = createWorkflows({ temporal: temporal.client, taskQueue: 'none' });
  const deps = { database: bench.deps.database, workflows };
  expect(await processDelivery(deps, organizationId, rows[0]!.id)).toBe('opt-out');
  const ids = await bench.asOwner<{ id: string }>(
    'select workflow_id as id from journeys where organization_id = $1',
    [organizationId],
  );
  expect(temporal.signals.map(({ name, workflowId }) => `${name} ${workflowId}`).toSorted()).toEqual(
    ids.map(({ id }) => `opt-out ${id}`).toSorted(),
  );
  expect(temporal.started).toEqual([]);
});
