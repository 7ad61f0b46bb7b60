import { callbackStorm } from './callback-storm.ts';
import type { Attack } from '../attack.ts';

/** In the order in which they are made. */
export const attacks: Attack[] = [callbackStorm];
