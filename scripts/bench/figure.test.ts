import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { againstPeer, median, perTouch, withinLimit } from './figure.ts';

const measured = { value: 0, unit: 'ms', peer: 'the other way', peerValue: 0, note: '' };

describe('a figure', () => {
  test('of which more is better is divided by its peer', () => {
    const figure = againstPeer({ ...measured, value: 300, peerValue: 50, better: 'more' }, 5);
    expect(figure).toMatchObject({ ratio: 6, goal: 'ratio >= 5', holds: true });
  });

  test('of which less is better divides its peer', () => {
    const figure = againstPeer({ ...measured, value: 12, peerValue: 100, better: 'less' }, 9);
    expect(figure).toMatchObject({ ratio: 8.33, goal: 'ratio >= 9', holds: false });
  });

  test('with a limit is judged by itself, however good the peer is', () => {
    const within = { ...measured, value: 12, peerValue: 6, better: 'less' as const };
    expect(withinLimit(within, 12)).toMatchObject({ ratio: 0.5, goal: 'value <= 12', holds: true });
    expect(withinLimit({ ...within, value: 12.01 }, 12)).toMatchObject({ holds: false });
  });

  test('is judged by the numbers that it shows', () => {
    expect(withinLimit({ ...measured, value: 12.004, peerValue: 20, better: 'less' }, 12)).toMatchObject({
      value: 12,
      holds: true,
    });
    expect(againstPeer({ ...measured, value: 4.9951, peerValue: 1, better: 'more' }, 5)).toMatchObject({
      value: 5,
      ratio: 5,
      holds: true,
    });
  });
});

describe('the median', () => {
  test.each([
    [[3], 3],
    [[3, 1], 2],
    [[9, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

  test('leaves as many values below it as above', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        return below <= values.length / 2 && above <= values.length / 2;
      }),
    );
  });

  test('of nothing is not a number', () => expect(median([])).toBeNaN());
});

test('what a touch costs is free of what every journey costs', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 20 }), (fixed, each, more) => {
      const journey = (touches: number) => ({ touches, cost: fixed + each * touches });
      expect(perTouch(journey(2), journey(2 + more))).toBeCloseTo(each);
    }),
  );
});
