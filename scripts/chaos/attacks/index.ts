import { carrierFaults } from './carrier-faults.ts';
import { callbackStorm } from './callback-storm.ts';
import type { Attack } from '../attack.ts';
import { windowsAttack } from './windows.ts';
import { workerKill } from './worker-kill.ts';

/** In the order in which they are made. */
export const attacks: Attack[] = [workerKill, carrierFaults, callbackStorm, windowsAttack];
