import { carrierFaults } from './carrier-faults.ts';
import { canaries } from './canaries.ts';
import { callbackStorm } from './callback-storm.ts';
import { concurrentLaunches } from './concurrent-launches.ts';
import type { Attack } from '../attack.ts';
import { pauses } from './pauses.ts';
import { windowsAttack } from './windows.ts';
import { postgresCrash } from './postgres-crash.ts';
import { stopRace } from './stop-race.ts';
import { temporalKill } from './temporal-kill.ts';
import { workerKill } from './worker-kill.ts';

/** In the order in which they are made. */
export const attacks: Attack[] = [
  workerKill,
  carrierFaults,
  temporalKill,
  postgresCrash,
  callbackStorm,
  stopRace,
  concurrentLaunches,
  windowsAttack,
  pauses,
  canaries,
];
