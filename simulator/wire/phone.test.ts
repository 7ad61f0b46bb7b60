import { expect, it } from 'vitest';
import { isPhoneNumber } from './phone.ts';

it('phone numbers are E.164, and possible in North America', () => {
  expect(['+14155550123', '+447700900123'].every(isPhoneNumber)).toBe(true);
  expect(
    ['4155550123', '+1415555012', '+10155550123', '+14150550123', '+', '+1 415'].some(isPhoneNumber),
  ).toBe(false);
});
