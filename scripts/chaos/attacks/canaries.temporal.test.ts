import { expect, test } from 'vitest';
import { canaries } from './canaries.ts';

/** Seconds on a machine of its own; others may be at work on it. */
const patienceMs = 5 * 60_000;

test(
  'nothing personal and nothing secret is found where it must not be',
  async () => {
    const { trials, failures, note } = await canaries.run({ scale: 'small', seed: 1, say: () => {} });
    expect(note).toContain('no token, phone or word');
    expect(failures).toBe(0);
    expect(trials).toBeGreaterThan(8_000);
  },
  patienceMs,
);
