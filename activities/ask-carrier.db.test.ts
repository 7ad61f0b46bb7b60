import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CarrierCall } from '#domain/carrier-records.ts';
import { hourMs } from '#domain/duration.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { findCallOfTouch } from '#db/queries/calls.ts';
import { applyCallStatus } from '#db/queries/statuses.ts';
import { askCarrier } from './ask-carrier.ts';
import { createTouchBench } from './testing/touch-bench.ts';
import type { TouchBench } from './testing/touch-bench.ts';

let bench: TouchBench;
beforeAll(async () => {
  bench = await createTouchBench();
});
afterAll(() => bench.close());

/** A call that the carrier has, and what it says of it. */
async function placed() {
  const journey = await (await bench.organization()).enrol();
  expect(await bench.attempt(journey, 'call')).toEqual({ outcome: 'done' });
  const { organizationId, journeyId } = journey;
  const record = bench.carrier.calls.find(({ to }) => to === journey.phone)!;
  const ask = () => askCarrier(bench.deps)({ organizationId, journeyId, touchKey: 'call:1' });
  const row = async () => (await bench.callRows(journeyId))[0]!;
  return { ...journey, record, ask, row };
}

describe('the carrier is asked how a call ended', () => {
  test.each([
    [{ status: 'completed', answeredBy: 'human', durationSeconds: 31 }, 'answered'],
    [{ status: 'completed', answeredBy: 'machine_end_beep' }, 'voicemail'],
    [{ status: 'busy' }, 'busy'],
    [{ status: 'no-answer' }, 'no_answer'],
    [{ status: 'canceled' }, 'failed'],
  ] as [Partial<CarrierCall>, string][])('%o: %s, and that is written down', async (said, outcome) => {
    const { record, ask, row } = await placed();
    Object.assign(record, said);
    expect(await ask()).toBe(outcome);
    expect(await row()).toMatchObject({
      outcome,
      carrier_status: said.status,
      answered_by: said.answeredBy ?? null,
      duration_seconds: said.durationSeconds ?? null,
      status_history: [{ status: 'queued' }, { status: said.status }],
    });
    expect((await row()).ended_at).toEqual(await bench.clock.now());
  });

  test('and it is going on', async () => {
    const { record, ask, row } = await placed();
    Object.assign(record, { status: 'in-progress' });
    expect(await ask()).toBeNull();
    expect(await row()).toMatchObject({ carrier_status: 'in-progress', outcome: null, ended_at: null });
  });

  test('not when its callback has come meanwhile', async () => {
    const { record, ask, organizationId } = await placed();
    const [{ id }] = (await bench.asOwner('select id from call_logs where provider_sid = $1', [
      record.sid,
    ])) as [{ id: string }];
    const told = {
      errorCode: null,
      priceCents: null,
      answeredBy: null,
      durationSeconds: null,
      at: '2026-11-20T17:01:00Z',
    };
    await withOrganization(bench.deps.database, systemScope(organizationId), (tx) =>
      applyCallStatus(tx, { ...told, touchId: id, sid: record.sid, status: 'busy' }),
    );
    bench.carrier.canSay(false);
    expect(await ask()).toBe('busy');
    bench.carrier.canSay(true);
  });

  test('also when the call was already over as the ledger found it at the carrier', async () => {
    const { record, ask, row } = await placed();
    Object.assign(record, { status: 'no-answer' });
    // What adopting a call from the carrier's list leaves: its final status, and no outcome yet.
    await bench.asOwner(`update call_logs set carrier_status = 'no-answer' where provider_sid = $1`, [
      record.sid,
    ]);
    expect(await ask()).toBe('no_answer');
    expect(await row()).toMatchObject({ carrier_status: 'no-answer', outcome: 'no_answer' });
  });

  test('and cannot say: it is asked again', async () => {
    const { ask } = await placed();
    bench.carrier.canSay(false);
    const fault = await ask().catch((error: unknown) => error);
    bench.carrier.canSay(true);
    expect(fault).toBeInstanceOf(ApplicationFailure);
    expect(fault).toMatchObject({ type: 'CARRIER_UNAVAILABLE', nonRetryable: false });
  });

  test.each([
    ['ringing', 'failed'],
    ['in-progress', 'answered'],
  ] as const)(
    'and it is still %s a day later: it is taken as %s, and a person is asked once',
    async (status, outcome) => {
      const { record, ask, row, leadId } = await placed();
      Object.assign(record, { status });
      bench.later(23 * hourMs);
      expect(await ask()).toBeNull();
      bench.later(hourMs);
      expect(await Promise.all([ask(), ask()])).toEqual([outcome, outcome]);
      expect(await row()).toMatchObject({ outcome, carrier_status: status });
      expect(await bench.asOwner('select kind from tasks where lead_id = $1', [leadId])).toEqual([
        { kind: 'unknown_outcome' },
      ]);
      // What the carrier says after that comes too late.
      Object.assign(record, { status: 'busy' });
      expect(await ask()).toBe(outcome);
    },
  );

  test('and does not know it: nobody was called', async () => {
    const { record, ask } = await placed();
    bench.carrier.calls.splice(bench.carrier.calls.indexOf(record), 1);
    expect(await ask()).toBe('failed');
  });
});

test('the call of a touch is found by its key, in its own organisation', async () => {
  const { organizationId, journeyId, record } = await placed();
  const find = (touchKey: string, organization = organizationId) =>
    withOrganization(bench.deps.database, systemScope(organization), (tx) =>
      findCallOfTouch(tx, { journeyId, touchKey }),
    );
  expect(await find('call:1')).toMatchObject({ providerSid: record.sid, outcome: null });
  expect(await find('call:2')).toBeNull();
  const { organizationId: other } = await bench.organization();
  expect(await find('call:1', other)).toBeNull();
  const missing = askCarrier(bench.deps)({ organizationId: other, journeyId, touchKey: 'call:1' });
  await expect(missing).rejects.toMatchObject({ type: 'MISSING_ROW', nonRetryable: true });
});
