import { describe, expect, test } from 'vitest';
import type { Attack } from './attack.ts';
import { carrierFaults } from './attacks/carrier-faults.ts';
import { postgresCrash } from './attacks/postgres-crash.ts';
import { temporalKill } from './attacks/temporal-kill.ts';
import { workerKill } from './attacks/worker-kill.ts';

const small = async ({ run }: Attack) => run({ scale: 'small', seed: 1, say: () => {} });

/** Seconds on a machine of one's own; a busy one is slow, not wrong. */
const patienceMs = 6 * 60_000;

describe('the product under attack, at small scale', () => {
  test.each([
    { attack: workerKill, trials: 5 },
    { attack: carrierFaults, trials: 150 },
    { attack: temporalKill, trials: 2 },
    { attack: postgresCrash, trials: 1 },
  ])(
    '$attack.name breaks no promise',
    async ({ attack, trials }) => {
      const result = await small(attack);
      // The note says which promise it was.
      expect(result).toEqual({ trials, failures: 0, note: result.note });
    },
    patienceMs,
  );
});
