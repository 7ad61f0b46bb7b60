import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayMs, hourMs } from '#domain/duration.ts';
import { changeCallback, insertCallback } from '#db/queries/callbacks.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { placeCallback } from './place-callback.ts';
import type { PlacedCallback } from './place-callback.ts';
import { createTouchBench } from './testing/touch-bench.ts';
import type { TouchBench } from './testing/touch-bench.ts';

let bench: TouchBench;
beforeAll(async () => {
  bench = await createTouchBench();
});
afterAll(() => bench.close());

type Lead = { organizationId: string; leadId: string; phone: string };

/** A promise that is due now, and how its call is placed. */
async function promised(lead: Lead) {
  const { organizationId, leadId, phone } = lead;
  const dueAtMs = (await bench.clock.now()).getTime();
  const dueAt = sql`${new Date(dueAtMs).toISOString()}::timestamptz`;
  const words = { journeyId: null, campaignId: null, say: null, note: null, source: 'api' };
  const inTenant = <T>(work: Parameters<typeof withOrganization<T>>[2]) =>
    withOrganization(bench.database, systemScope(organizationId), work);
  const made = await inTenant((tx) =>
    insertCallback(tx, { ...words, leadId, dueAt, userId: null, requestKey: null }),
  );
  const callbackId = made!.id;
  const rows = () => bench.asOwner('select * from call_logs where callback_id = $1', [callbackId]);
  /** As Temporal runs it: a fault is answered with its type. */
  const place = async (attempt = 1): Promise<PlacedCallback | { fault: string | null | undefined }> => {
    const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    try {
      return await environment.run(placeCallback(bench.deps), {
        organizationId,
        callbackId,
        attempt,
        dueAtMs,
      });
    } catch (error) {
      if (error instanceof ApplicationFailure) return { fault: error.type };
      throw error;
    }
  };
  return {
    callbackId,
    place,
    rows,
    cancel: () => inTenant((tx) => changeCallback(tx, callbackId, { cancel: { note: null } })),
    calls: () => bench.carrier.calls.filter(({ to }) => to === phone),
  };
}

test('an attempt is one call, however often and together it is made', async () => {
  const { place, calls, rows } = await promised(await (await bench.organization()).enrol());
  const answers = await Promise.all([place(), place(), place(), place()]);
  for (const answer of answers)
    expect(['done', 'CARRIER_OUTCOME_UNKNOWN', 'SUPERSEDED']).toContain(
      'outcome' in answer ? answer.outcome : answer.fault,
    );
  expect(await place()).toEqual({ outcome: 'done' });
  expect(calls()).toHaveLength(1);
  expect(await rows()).toMatchObject([{ state: 'sent', journey_id: null, requests: 1 }]);
});

test('a promise that was taken back or moved is not called, and gives its reservation back', async () => {
  const { place, calls, rows, cancel, callbackId } = await promised(
    await (await bench.organization()).enrol(),
  );
  expect(await place(1)).toEqual({ outcome: 'done' });
  // As it is left by a carrier that did not take the request.
  await bench.asOwner(
    `insert into call_logs (organization_id, direction, lead_id, touch_key, phone, our_number, state, attempt, callback_id)
     select organization_id, direction, lead_id, regexp_replace(touch_key, ':1$', ':2'), phone, our_number, 'reserved', 2, callback_id
     from call_logs where callback_id = $1`,
    [callbackId],
  );
  await cancel();
  expect(await place(2)).toEqual({ outcome: 'withdrawn' });
  expect(calls()).toHaveLength(1);
  expect(await rows()).toMatchObject([{ attempt: 1, state: 'sent' }]);
  // What was sent stays found, whatever became of the promise.
  expect(await place(1)).toEqual({ outcome: 'done' });
});

test('two leads with one phone share its cap of calls', async () => {
  const organization = await bench.organization({
    settings: { lane: { callsPerDay: 1 } },
  });
  const first = await organization.enrol();
  const second = await organization.enrol({ phone: first.phone });
  const [one, other] = [await promised(first), await promised(second)];
  expect(await one.place()).toEqual({ outcome: 'done' });
  expect(await other.place()).toMatchObject({ outcome: 'refused', code: 'EXPIRED' });
  expect(one.calls()).toHaveLength(1);
  expect(await other.rows()).toMatchObject([{ state: 'refused', refusal_code: 'EXPIRED' }]);
});

test('what could only be called after the deadline is refused, what can be called before is put off', async () => {
  const lead = await (await bench.organization()).enrol({ timeZones: ['Pacific/Kiritimati'] });
  const night = await promised(lead);
  const answer = await night.place();
  expect(answer).toMatchObject({ outcome: 'deferred' });
  const untilMs = (answer as { untilMs: number }).untilMs;
  expect(untilMs - (await bench.clock.now()).getTime()).toBeLessThan(dayMs);
  bench.later(dayMs + hourMs);
  expect(await night.place()).toMatchObject({ outcome: 'refused', code: 'EXPIRED' });
  expect(night.calls()).toHaveLength(0);
});
