import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryNumbers, ownNumber } from '../compliance/testing/gate-facts.ts';
import { chooseNumber, numbersOf } from './routing.ts';
import type { OwnNumber } from './routing.ts';

const touch = (changes: object = {}) => ({
  channel: 'sms' as const,
  areaCode: '310',
  conversationNumber: null,
  ...changes,
});
const newYork = ownNumber({ e164: '+12125550101', areaCode: '212' });
const losAngeles = ownNumber({ e164: '+13105550101', areaCode: '310' });
const anywhere = ownNumber({ e164: '+18005550101', areaCode: null });

test('a campaign contacts people from the numbers that it names, also those who know another', () => {
  const numbers = [newYork, losAngeles, anywhere];
  expect(numbersOf({ numberIds: null }, numbers)).toEqual(numbers);
  const mine = numbersOf({ numberIds: [anywhere.id, losAngeles.id] }, numbers);
  expect(mine).toEqual([losAngeles, anywhere]);
  expect(chooseNumber(mine, touch({ conversationNumber: newYork.e164 }))).toMatchObject({
    number: losAngeles,
  });
});

describe('the number is', () => {
  test('the one that the lead knows, before any other', () => {
    const choice = chooseNumber(
      [newYork, losAngeles],
      touch({ conversationNumber: newYork.e164, areaCode: '310' }),
    );
    expect(choice).toEqual({ found: true, number: newYork, because: 'conversation' });
  });

  test('one of the lead’s own area code, when the known one may not be used', () => {
    const full = { ...newYork, dailyCap: 1, usedToday: 1 };
    const choice = chooseNumber([full, losAngeles], touch({ conversationNumber: newYork.e164 }));
    expect(choice).toEqual({ found: true, number: losAngeles, because: 'local_presence' });
  });

  test('the least used of several local ones', () => {
    const busy = { ...losAngeles, usedToday: 9 };
    const idle = { ...losAngeles, e164: '+13105550102', usedToday: 2 };
    expect(chooseNumber([busy, idle], touch())).toMatchObject({ number: idle });
  });

  test('the least used where none is local, the first by number among equals', () => {
    const used = { ...newYork, usedToday: 1 };
    expect(chooseNumber([used, anywhere], touch())).toEqual({
      found: true,
      number: anywhere,
      because: 'least_used',
    });
    expect(chooseNumber([anywhere, newYork], touch({ areaCode: '907' }))).toMatchObject({ number: newYork });
  });

  test('not local for a lead without an area code', () => {
    expect(chooseNumber([anywhere], touch({ areaCode: null }))).toMatchObject({ because: 'least_used' });
  });
});

test.each([
  ['no_number', []],
  ['no_capability', [ownNumber({ canSms: false })]],
  ['cap_reached', [ownNumber({ canSms: false }), ownNumber({ dailyCap: 3, usedToday: 3 })]],
  ['cap_reached', [ownNumber({ dailyCap: 0 })]],
])('none: %s', (because, numbers) => {
  expect(chooseNumber(numbers as OwnNumber[], touch())).toEqual({ found: false, because });
});

test('whichever order the numbers come in, the choice is the same', () => {
  const arbitraryTouch = fc.record({
    channel: fc.constantFrom('sms' as const, 'call' as const),
    areaCode: fc.option(fc.constantFrom('212', '310')),
    conversationNumber: fc.option(fc.constantFrom('+12125550100', '+12125550150')),
  });
  fc.assert(
    fc.property(arbitraryNumbers, arbitraryTouch, (numbers, asked) => {
      const distinct = [...new Map(numbers.map((number) => [number.e164, number])).values()];
      const choice = chooseNumber(distinct, asked);
      expect(chooseNumber([...distinct].reverse(), asked)).toEqual(choice);
    }),
  );
});
