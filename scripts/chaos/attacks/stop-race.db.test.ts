import { expect, test } from 'vitest';
import { stopRace } from './stop-race.ts';

test('no text is reserved after the STOP that forbids it, and every spelling of a keyword is one', async () => {
  const { trials, failures, note } = await stopRace.run({ scale: 'small', seed: 1, say: () => {} });
  expect(note).toMatch(/^0 reservations after .* 0 of 2000 spellings missed$/);
  expect({ trials, failures }).toEqual({ trials: 300, failures: 0 });
});
