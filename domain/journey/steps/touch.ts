import { assertNever } from '../../assert-never.ts';
import { refusalEffect } from '../../compliance/refusals.ts';
import { hourMs } from '../../duration.ts';
import type { StepId } from '../definition.ts';
import type { TouchOutcome } from '../state.ts';
import type { Move } from './step-handler.ts';

/** A held journey is woken by whoever lifts the hold; this is only the net under that. */
const holdRecheckMs = 6 * hourMs;

/** The words for one channel's timeline lines. */
export type TouchWords = {
  done: string;
  refused: string;
  failed: string;
  deferred: string;
  held: string;
  unknown: string;
};

/**
 * What any touch that did not come off means for the journey: the gate's later and not-while become rests after which
 * the same touch is asked for again, under the same key; its no ends the journey or goes on; so does the carrier's no.
 */
export function moveAfterMissedTouch(
  result: Exclude<TouchOutcome, { outcome: 'done' }>,
  context: {
    touchKey: string;
    atMs: number;
    otherwise: StepId;
    words: TouchWords;
    /** When the touch is no longer worth making: a hold is asked about then at the latest; null = never. */
    expiresAtMs?: number | null;
  },
): Move {
  const { atMs, otherwise, touchKey, words, expiresAtMs } = context;
  const recheckAt = Math.max(Math.min(atMs + holdRecheckMs, expiresAtMs ?? Infinity), atMs + 1000);
  switch (result.outcome) {
    case 'deferred':
      return {
        command: {
          do: 'rest',
          rest: { kind: 'defer', untilMs: Math.max(result.untilMs, atMs + 1000), code: result.code },
        },
        note: { kind: words.deferred, data: { touchKey, code: result.code, untilMs: result.untilMs } },
      };
    case 'held':
      return {
        command: { do: 'rest', rest: { kind: 'hold', untilMs: recheckAt, code: result.code } },
        note: { kind: words.held, data: { touchKey, code: result.code } },
      };
    case 'refused': {
      const note = { kind: words.refused, data: { touchKey, code: result.code } };
      return refusalEffect(result.code) === 'end'
        ? { end: { status: 'removed', reason: result.code }, note }
        : { goTo: otherwise, note };
    }
    case 'failed':
      return {
        goTo: otherwise,
        note: { kind: words.failed, data: { touchKey, errorCode: result.errorCode } },
      };
    case 'unknown':
      return { goTo: otherwise, note: { kind: words.unknown, data: { touchKey } } };
    default:
      return assertNever(result);
  }
}
