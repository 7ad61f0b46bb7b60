import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayMs, hourMs } from '#domain/duration.ts';
import { createTouchBench } from './testing/touch-bench.ts';
import type { TouchBench } from './testing/touch-bench.ts';

let bench: TouchBench;
beforeAll(async () => {
  bench = await createTouchBench();
});
afterAll(() => bench.close());

const enrol = async () => (await bench.organization()).enrol();
const textsTo = (phone: string) => bench.carrier.texts.filter(({ to }) => to === phone);
const callsTo = (phone: string) => bench.carrier.calls.filter(({ to }) => to === phone);
const done = { outcome: 'done' };

/** How many touches the number's day counts. */
async function used(organizationId: string): Promise<number> {
  const [row] = await bench.asOwner(
    'select coalesce(sum(used), 0)::int as used from number_usage where organization_id = $1',
    [organizationId],
  );
  return (row as { used: number }).used;
}

describe('a text', () => {
  test('is sent once and stands in the ledger as the carrier has it', async () => {
    const journey = await enrol();
    expect(await bench.attempt(journey, 'text')).toEqual(done);
    const [text] = textsTo(journey.phone);
    expect(text).toMatchObject({ body: 'Hello Ada' });
    expect(await bench.texts(journey.journeyId)).toMatchObject([
      {
        state: 'sent',
        kind: 'automated',
        direction: 'outbound',
        body: 'Hello Ada',
        provider_sid: text!.sid,
        carrier_status: 'queued',
        segments: 1,
        requests: 1,
        status_history: [{ status: 'queued' }],
      },
    ]);
    expect(await bench.attempt(journey, 'text')).toEqual(done);
    expect(textsTo(journey.phone)).toHaveLength(1);
  });

  test('that no journey asked for is a fault, which no retry mends', async () => {
    const { organizationId } = await bench.organization();
    const { journeyId } = await enrol();
    expect(await bench.attempt({ organizationId, journeyId }, 'text')).toMatchObject({
      fault: 'MISSING_ROW',
    });
  });
});

describe.each([
  ['text', textsTo],
  ['call', callsTo],
] as const)('a worker that dies during a %s', (stepId, sent) => {
  test('after the carrier took it: exactly one goes out', async () => {
    const journey = await enrol();
    bench.dieAtConnection(journey, stepId, 2);
    const rows = () =>
      stepId === 'text' ? bench.texts(journey.journeyId) : bench.callRows(journey.journeyId);
    await expect.poll(rows).toMatchObject([{ state: 'sending', requests: 1 }]);
    await expect.poll(() => sent(journey.phone)).toHaveLength(1);
    expect((await bench.persist(journey, stepId)).outcome).toEqual(done);
    expect(sent(journey.phone)).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'sent', provider_sid: sent(journey.phone)[0]!.sid }]);
    expect(await used(journey.organizationId)).toBe(1);
  });

  test.each([
    ['after the reservation: it is sent once its absence is proven', 'crash_before_accept', 0],
    ['on the wire: it is found at the carrier', 'crash_after_accept', 1],
  ] as const)('%s', async (_name, behaviour, before) => {
    const journey = await enrol();
    bench.carrier.will(behaviour);
    const requests = bench.carrier.requests();
    bench.dieOnTheWire(journey, stepId);
    await expect.poll(bench.carrier.requests).toBe(requests + 1);
    expect(sent(journey.phone)).toHaveLength(before);
    const { outcome, faults } = await bench.persist(journey, stepId);
    expect(outcome).toEqual(done);
    // What is absent must stay absent for a while before that proves anything.
    expect(faults).toEqual(before === 0 ? ['CARRIER_OUTCOME_UNKNOWN'] : []);
    expect(sent(journey.phone)).toHaveLength(1);
    expect(bench.carrier.requests()).toBe(requests + 2 - before);
  });
});

describe('a carrier that', () => {
  test.each([
    ['text', textsTo],
    ['call', callsTo],
  ] as const)('took the %s without an answer: is asked, and nothing is sent again', async (stepId, sent) => {
    const journey = await enrol();
    bench.carrier.will('timeout_after_accept');
    const { outcome, faults } = await bench.persist(journey, stepId);
    expect([outcome, faults]).toEqual([done, ['CARRIER_OUTCOME_UNKNOWN']]);
    expect(sent(journey.phone)).toHaveLength(1);
  });

  test('answered 500 and did not take it: is asked until that is proven, then sent to once', async () => {
    const journey = await enrol();
    bench.carrier.will('http_500');
    expect(await bench.attempt(journey, 'text')).toEqual({
      fault: 'CARRIER_OUTCOME_UNKNOWN',
      retryAfterMs: bench.deps.settleMs,
    });
    bench.later(5_000);
    // Too early: a request on its way may still arrive.
    expect(await bench.attempt(journey, 'text')).toEqual({
      fault: 'CARRIER_OUTCOME_UNKNOWN',
      retryAfterMs: 10_000,
    });
    expect(textsTo(journey.phone)).toHaveLength(0);
    bench.later(10_000);
    expect(await bench.attempt(journey, 'text')).toEqual(done);
    expect(textsTo(journey.phone)).toHaveLength(1);
    expect(await bench.texts(journey.journeyId)).toMatchObject([{ state: 'sent', requests: 2 }]);
  });

  test('is busy (429): has nothing, and is asked again when it says so', async () => {
    const journey = await enrol();
    bench.carrier.will('rate_limit_429', 'rate_limit_429');
    expect(await bench.attempt(journey, 'text')).toEqual({
      fault: 'CARRIER_UNAVAILABLE',
      retryAfterMs: 7_000,
    });
    expect(await bench.texts(journey.journeyId)).toMatchObject([{ state: 'reserved' }]);
    expect((await bench.persist(journey, 'text')).faults).toEqual(['CARRIER_UNAVAILABLE']);
    expect(textsTo(journey.phone)).toHaveLength(1);
    expect(await used(journey.organizationId)).toBe(1);
  });

  test('refuses our credentials: nothing is lost, and it is tried again a minute later', async () => {
    const journey = await enrol();
    bench.carrier.will('misconfigured');
    expect(await bench.attempt(journey, 'call')).toEqual({
      fault: 'CARRIER_MISCONFIGURED',
      retryAfterMs: 60_000,
    });
    expect((await bench.persist(journey, 'call')).outcome).toEqual(done);
  });

  test('refuses the number: its word is final', async () => {
    const journey = await enrol();
    bench.carrier.will({ reject: '21614' });
    for (let time = 0; time < 2; time += 1) {
      expect(await bench.attempt(journey, 'text')).toEqual({ outcome: 'failed', errorCode: '21614' });
    }
    expect(textsTo(journey.phone)).toHaveLength(0);
    expect(await bench.texts(journey.journeyId)).toMatchObject([
      { state: 'failed', error_code: '21614', requests: 1 },
    ]);
  });

  test('knows of an opt-out (21610) that we did not: it is ours from then on', async () => {
    const { enrol: enrolOne } = await bench.organization();
    const journey = await enrolOne();
    bench.carrier.will({ reject: '21610' });
    const refused = { outcome: 'refused', code: 'OPTED_OUT' };
    for (let time = 0; time < 2; time += 1) expect(await bench.attempt(journey, 'text')).toEqual(refused);
    const consents = await bench.asOwner('select kind, source from consents where phone = $1', [
      journey.phone,
    ]);
    expect(consents).toEqual([{ kind: 'opt_out', source: 'carrier' }]);
    const other = await enrolOne({ phone: journey.phone });
    expect(await bench.attempt(other, 'call')).toEqual(refused);
    expect(callsTo(journey.phone)).toHaveLength(0);
  });

  test('cannot say for a day what it has: nothing is sent, and a person is asked to look', async () => {
    const journey = await enrol();
    bench.carrier.will('http_500');
    await bench.attempt(journey, 'text');
    bench.carrier.canSay(false);
    bench.later(dayMs - hourMs);
    expect(await bench.attempt(journey, 'text')).toMatchObject({ fault: 'CARRIER_OUTCOME_UNKNOWN' });
    bench.later(hourMs);
    for (let time = 0; time < 2; time += 1)
      expect(await bench.attempt(journey, 'text')).toEqual({ outcome: 'unknown' });
    bench.carrier.canSay(true);
    expect(await bench.attempt(journey, 'text')).toEqual({ outcome: 'unknown' });
    expect(textsTo(journey.phone)).toHaveLength(0);
    expect(await bench.texts(journey.journeyId)).toMatchObject([{ state: 'unknown' }]);
    const tasks = await bench.asOwner('select kind, status from tasks where journey_id = $1', [
      journey.journeyId,
    ]);
    expect(tasks).toEqual([{ kind: 'unknown_outcome', status: 'open' }]);
  });
});

describe('what the carrier lists', () => {
  async function unanswered() {
    const journey = await enrol();
    bench.carrier.will('http_500');
    await bench.attempt(journey, 'text');
    const [row] = await bench.texts(journey.journeyId);
    const listed = (body: string) =>
      bench.carrier.texts.push({
        sid: `SM${String(bench.carrier.texts.length + 1).padStart(32, 'f')}`,
        to: journey.phone,
        from: row!.our_number,
        body,
        direction: 'outbound',
        status: 'sent',
        segments: 1,
        priceCents: null,
        errorCode: null,
        createdAt: row!.sending_at,
      });
    bench.later(20_000);
    return { journey, listed };
  }

  test('is ours also with words of the carrier before it, as trial accounts have', async () => {
    const { journey, listed } = await unanswered();
    listed('Sent from a trial account - Hello Ada');
    expect(await bench.attempt(journey, 'text')).toEqual(done);
    expect(textsTo(journey.phone)).toHaveLength(1);
  });

  test('and is not ours for sure proves nothing: it is asked again, and nothing is sent', async () => {
    const { journey, listed } = await unanswered();
    listed('Something else');
    expect(await bench.attempt(journey, 'text')).toMatchObject({ fault: 'CARRIER_OUTCOME_UNKNOWN' });
    expect(textsTo(journey.phone)).toHaveLength(1);
  });

  test('and belongs to another touch is not adopted a second time', async () => {
    const { enrol: enrolOne } = await bench.organization(undefined, { recentSmsHours: 0 });
    const first = await enrolOne();
    expect(await bench.attempt(first, 'text')).toEqual(done);
    const second = await enrolOne({ phone: first.phone });
    bench.carrier.will('http_500');
    expect((await bench.persist(second, 'text')).outcome).toEqual(done);
    expect(textsTo(first.phone)).toHaveLength(2);
    const sids = await bench.asOwner('select provider_sid from sms_messages where phone = $1', [first.phone]);
    expect(new Set(sids.map((row) => row.provider_sid as string)).size).toBe(2);
  });
});
