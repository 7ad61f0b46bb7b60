import { callbackStorm } from './callback-storm.ts';
import type { Attack } from '../attack.ts';
import { workerKill } from './worker-kill.ts';

/** In the order in which they are made. */
export const attacks: Attack[] = [workerKill, callbackStorm];
