import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openPace } from './pace.ts';

test('places are as far apart as the rate says, and the first is at once', () => {
  const pace = openPace(() => 5_000);
  expect([pace.take(10), pace.take(10), pace.take(2), pace.take(10)]).toEqual([0, 100, 200, 700]);
});

test('in no second are there more places than the rate, however irregularly they are taken', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 300 }),
      (rate, delays) => {
        let now = 0;
        const pace = openPace(() => now);
        const places = delays.map((delay) => {
          now += delay;
          return now + pace.take(rate);
        });
        for (const place of places) {
          const within = places.filter((other) => other >= place && other < place + 1000);
          expect(within.length).toBeLessThanOrEqual(rate + 1);
        }
      },
    ),
    { numRuns: 50 },
  );
});
