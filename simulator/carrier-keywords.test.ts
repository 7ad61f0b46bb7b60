import { expect, it } from 'vitest';
import { isStartKeyword, isStopKeyword } from './carrier-keywords.ts';

it('the carrier’s keywords stand alone, in any case and punctuation', () => {
  expect(['STOP', ' stop. ', 'Opt-Out', 'UNSUBSCRIBE', 'opt out!'].every(isStopKeyword)).toBe(true);
  expect(['please stop', 'stop by tomorrow', 'yes', ''].some(isStopKeyword)).toBe(false);
  expect(['start', 'Yes!', 'UNSTOP'].every(isStartKeyword)).toBe(true);
  expect(['restart', 'yes please'].some(isStartKeyword)).toBe(false);
});
