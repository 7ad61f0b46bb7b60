import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.ts';

test('a password opens its own hash and no other does', async () => {
  const stored = await hashPassword('correct horse');
  expect(stored).toMatch(/^[0-9a-f]{32}:[0-9a-f]{64}$/);
  expect(await verifyPassword('correct horse', stored)).toBe(true);
  expect(await verifyPassword('correct hors', stored)).toBe(false);
  expect(await verifyPassword('', stored)).toBe(false);
});

test('two hashes of one password differ', async () => {
  expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
});

test('a stored value that is not a hash opens to nobody', async () => {
  for (const stored of ['', ':', 'zz:zz', 'abcd']) expect(await verifyPassword('', stored)).toBe(false);
});

test('two spellings of one letter are one password', async () => {
  expect(await verifyPassword('cafe\u0301', await hashPassword('caf\u00e9'))).toBe(true);
});
