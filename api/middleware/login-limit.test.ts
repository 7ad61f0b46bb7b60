import { expect, test } from 'vitest';
import { createLoginLimit } from './login-limit.ts';

function limitWithClock() {
  const clock = { now: 0 };
  return { clock, limit: createLoginLimit(() => clock.now) };
}

test('the tenth failure blocks that account for that source, until the window is over', () => {
  const { clock, limit } = limitWithClock();
  for (let failure = 1; failure <= 9; failure += 1) limit.failed('1.2.3.4', 'Ada@example.com');
  expect(limit.blockedForMs('1.2.3.4', 'ada@example.com')).toBe(0);
  clock.now = 60_000;
  limit.failed('1.2.3.4', 'ada@example.com');
  expect(limit.blockedForMs('1.2.3.4', 'ada@example.com')).toBe(14 * 60_000);
  expect(limit.blockedForMs('1.2.3.4', 'eve@example.com')).toBe(0);
  expect(limit.blockedForMs('5.6.7.8', 'ada@example.com')).toBe(0);
  clock.now = 15 * 60_000;
  expect(limit.blockedForMs('1.2.3.4', 'ada@example.com')).toBe(0);
});

test('a sign-in that succeeds forgets the failures before it', () => {
  const { limit } = limitWithClock();
  for (let failure = 1; failure <= 9; failure += 1) limit.failed('a', 'b');
  limit.succeeded('a', 'b');
  limit.failed('a', 'b');
  expect(limit.blockedForMs('a', 'b')).toBe(0);
});

test('guessing at many accounts fills no memory', () => {
  const { limit } = limitWithClock();
  for (let account = 0; account <= 10_000; account += 1) {
    for (let failure = 0; failure < 10; failure += 1) limit.failed('a', `user-${account}`);
  }
  expect(limit.blockedForMs('a', 'user-0')).toBe(0);
  expect(limit.blockedForMs('a', 'user-10000')).toBeGreaterThan(0);
});
