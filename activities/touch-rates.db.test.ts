import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minuteMs } from '#domain/duration.ts';
import { mintPhone } from '#db/testing/factories.ts';
import { createTouchBench } from './testing/touch-bench.ts';
import type { Attempted, TouchBench } from './testing/touch-bench.ts';

let bench: TouchBench;
beforeAll(async () => {
  bench = await createTouchBench();
});
afterAll(() => bench.close());

const code = (result: Attempted) =>
  'fault' in result ? result.fault : 'code' in result ? result.code : result.outcome;
const sent = (results: Attempted[]) => results.filter((result) => code(result) === 'done').length;

async function crowd(size: number, options: Parameters<TouchBench['organization']>[0]) {
  const organization = await bench.organization(options);
  const journeys = await Promise.all(Array.from({ length: size }, () => organization.enrol()));
  return { ...organization, journeys };
}

describe('the rates of all workers together', () => {
  test('a number carries a second’s worth at once, and gives everybody else a place of their own', async () => {
    const numbers = [{ e164: mintPhone('312'), ratePerSecond: 4 }];
    const { journeys, organizationId } = await crowd(40, { numbers });
    const results = await Promise.all(journeys.map((journey) => bench.attempt(journey, 'text')));
    // Four for the second that has begun, and the one with which the next begins.
    expect(sent(results)).toBe(5);
    const startedAt = (await bench.clock.now()).getTime();
    const places = results
      .flatMap((result) => ('outcome' in result && result.outcome === 'deferred' ? [result.untilMs] : []))
      .sort((a, b) => a - b);
    expect(places).toHaveLength(35);
    // Those who came while the queue itself was being made share a place.
    expect(new Set(places).size).toBeGreaterThanOrEqual(25);
    expect(places.at(-1)! - startedAt).toBeGreaterThanOrEqual(6_000);
    expect(places.at(-1)! - startedAt).toBeLessThanOrEqual(11_000);

    // Whoever comes back at its place goes before somebody new, who finds the queue.
    bench.later(2_000);
    await bench.asOwner(
      `update journeys set waiting_code = 'RATE_LIMITED' where organization_id = $1 and id = $2`,
      [organizationId, journeys.at(-1)!.journeyId],
    );
    const waiting = journeys.filter((_, index) => code(results[index]!) === 'RATE_LIMITED');
    const back = waiting.find(({ journeyId }) => journeyId === journeys.at(-1)!.journeyId) ?? waiting[0]!;
    await bench.asOwner(`update journeys set waiting_code = 'RATE_LIMITED' where id = $1`, [back.journeyId]);
    const stranger = waiting.find(({ journeyId }) => journeyId !== back.journeyId)!;
    expect(code(await bench.attempt(stranger, 'text'))).toBe('RATE_LIMITED');
    expect(code(await bench.attempt(back, 'text'))).toBe('done');
  });

  test('the organisation’s rate holds for all of its numbers', async () => {
    const numbers = Array.from({ length: 5 }, () => ({ e164: mintPhone('312'), ratePerSecond: 100 }));
    const { journeys } = await crowd(20, { numbers, settings: { touchesPerSecond: 6 } });
    const results = await Promise.all(journeys.map((journey) => bench.attempt(journey, 'text')));
    // Six for the second that has begun, and perhaps the one with which the next begins.
    expect([6, 7]).toContain(sent(results));
    expect(new Set(results.map(code))).toEqual(new Set(['done', 'RATE_LIMITED']));
  });

  test('a carrier that says when to come back is heard by everybody who uses that number', async () => {
    const { journeys } = await crowd(2, {});
    bench.carrier.will('rate_limit_429');
    expect(await bench.attempt(journeys[0]!, 'text')).toEqual({
      fault: 'CARRIER_UNAVAILABLE',
      retryAfterMs: 7_000,
    });
    const requests = bench.carrier.requests();
    expect(code(await bench.attempt(journeys[1]!, 'text'))).toBe('RATE_LIMITED');
    expect(bench.carrier.requests()).toBe(requests);
    bench.later(8_000);
    expect(code(await bench.attempt(journeys[1]!, 'text'))).toBe('done');
  });
});

describe('a carrier that is out of order', () => {
  test('is left alone after five failures, tried by one touch at a time, and used again after the first success', async () => {
    const { journeys } = await crowd(12, {});
    bench.carrier.will('http_500', 'http_500', 'http_500', 'http_500', 'http_500');
    for (const journey of journeys.slice(0, 5)) {
      expect(code(await bench.attempt(journey, 'text'))).toBe('CARRIER_OUTCOME_UNKNOWN');
    }
    const requests = bench.carrier.requests();
    const now = (await bench.clock.now()).getTime();
    for (const journey of journeys.slice(5, 10)) {
      const parked = await bench.attempt(journey, 'text');
      expect(parked).toMatchObject({ outcome: 'deferred', code: 'CARRIER_DOWN' });
      const { untilMs } = parked as { untilMs: number };
      expect(untilMs - now).toBeGreaterThanOrEqual(15_000);
      expect(untilMs - now).toBeLessThanOrEqual(35_000);
    }
    expect(bench.carrier.requests()).toBe(requests);

    bench.later(16_000);
    bench.carrier.will('http_500');
    const tries = await Promise.all(journeys.slice(5, 8).map((journey) => bench.attempt(journey, 'text')));
    expect(tries.map(code).sort()).toEqual(['CARRIER_DOWN', 'CARRIER_DOWN', 'CARRIER_OUTCOME_UNKNOWN']);
    expect(bench.carrier.requests()).toBe(requests + 1);

    // It failed again: twice as long.
    bench.later(20_000);
    expect(code(await bench.attempt(journeys[8]!, 'text'))).toBe('CARRIER_DOWN');
    bench.later(minuteMs);
    expect(code(await bench.attempt(journeys[8]!, 'text'))).toBe('done');
    expect(code(await bench.attempt(journeys[9]!, 'text'))).toBe('done');
    expect(code(await bench.attempt(journeys[10]!, 'text'))).toBe('done');
    expect(await bench.asOwner('select failures, open_until from platform.carriers')).toEqual([
      { failures: 0, open_until: null },
    ]);
  });

  test('requests that were under way when it was given up do not prolong its time', async () => {
    const { journeys } = await crowd(13, {});
    bench.carrier.will(...Array.from({ length: 12 }, () => 'http_500' as const));
    bench.carrier.answersTogether(12);
    await Promise.all(journeys.slice(0, 12).map((journey) => bench.attempt(journey, 'text')));
    const [breaker] = await bench.asOwner<{ failures: number; open_until: Date }>(
      'select failures, open_until from platform.carriers',
    );
    expect(breaker!.failures).toBe(5);
    expect(breaker!.open_until.getTime() - (await bench.clock.now()).getTime()).toBe(15_000);
    bench.later(36_000);
    expect(code(await bench.attempt(journeys[12]!, 'text'))).toBe('done');
  });

  test.each(['rate_limit_429', { reject: '21211' }] as const)(
    'works again as soon as it answers anything: %o',
    async (answer) => {
      const { journeys } = await crowd(7, {});
      bench.carrier.will(...Array.from({ length: 5 }, () => 'http_500' as const));
      for (const journey of journeys.slice(0, 5)) await bench.attempt(journey, 'text');
      expect(code(await bench.attempt(journeys[5]!, 'text'))).toBe('CARRIER_DOWN');
      bench.later(16_000);
      bench.carrier.will(answer);
      await bench.attempt(journeys[5]!, 'text');
      bench.later(8_000);
      expect(code(await bench.attempt(journeys[6]!, 'text'))).toBe('done');
      expect((await bench.persist(journeys[5]!, 'text')).outcome.outcome).toBe(
        answer === 'rate_limit_429' ? 'done' : 'failed',
      );
    },
  );

  test('a refusal of the carrier is an answer, not a failure, and is not asked for again', async () => {
    const { journeys } = await crowd(6, {});
    for (const [index, reject] of ['21211', '21614', '21610', '30004', '30006', '30007'].entries()) {
      bench.carrier.will({ reject });
      const requests = bench.carrier.requests();
      const expected = reject === '21610' ? 'OPTED_OUT' : 'failed';
      for (let again = 0; again < 3; again += 1) {
        expect(code(await bench.attempt(journeys[index]!, 'text'))).toBe(expected);
      }
      expect(bench.carrier.requests()).toBe(requests + 1);
    }
    expect(await bench.asOwner('select failures from platform.carriers')).toEqual([{ failures: 0 }]);
  });
});
