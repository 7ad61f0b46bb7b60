import { expect, test } from 'vitest';
import { pauses } from './pauses.ts';

test('whoever is paused at random moments gets what everybody gets, once, and keeps the waits', async () => {
  const { trials, failures, note } = await pauses.run({ scale: 'small', seed: 1, say: () => {} });
  expect(note).toContain('each text once');
  expect(failures).toBe(0);
  expect(trials).toBe(10 * 2 * 6);
}, 300_000);
