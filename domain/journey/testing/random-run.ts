import fc from 'fast-check';
import { callOutcomes } from '../../carrier-status.ts';
import { refusalCodes } from '../../compliance/refusals.ts';
import { minuteMs } from '../../duration.ts';
import type { JourneyDefinition } from '../definition.ts';
import { advance, restOf, start } from '../engine.ts';
import type { JourneyEvent, JourneyState, TouchOutcome, Turn } from '../state.ts';

/** Friday, 20 November 2026, noon in UTC. */
export const noonMs = Date.UTC(2026, 10, 20, 12);

export const facts = { timeZones: ['America/New_York'] };

/** One thing that happens in a random run: mostly the answer to what the journey asked, else news from outside. */
export type Draw = { what: number; choice: number; gapMs: number };

export const arbitraryDraws = (maxLength = 80): fc.Arbitrary<Draw[]> =>
  fc.array(
    fc.record({
      what: fc.nat(99),
      choice: fc.nat(999),
      gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 * minuteMs })),
    }),
    { maxLength, size: 'max' },
  );

export type RunStep = { event: JourneyEvent | null; before: JourneyState | null; turn: Turn };

/**
 * Drives a journey by the draws as its driver would, and worse: between the answers come signals of every kind, results
 * of other touches, and results that were taken already. Stops at the journey's end, or goes on beyond it when asked.
 */
export function randomRun(
  definition: JourneyDefinition,
  draws: readonly Draw[],
  { beyondTheEnd = false } = {},
): RunStep[] {
  let atMs = noonMs;
  let turn = start(definition, facts, atMs);
  const steps: RunStep[] = [{ event: null, before: null, turn }];
  const results: JourneyEvent[] = [];
  for (const draw of draws) {
    const before = turn.state;
    if (before.status !== 'active' && !beyondTheEnd) break;
    const rest = restOf(before);
    const body =
      draw.what < 70 ? answer(before, draw.choice) : draw.what < 92 ? news(draw, atMs) : stale(results, draw);
    if (body === null) continue;
    atMs += draw.gapMs;
    if (body.type === 'rest-over' && rest) atMs = Math.max(atMs, rest.untilMs);
    const event = { ...body, atMs } as JourneyEvent;
    if ('touchKey' in event) results.push(event);
    turn = advance(definition, facts, before, event);
    steps.push({ event, before, turn });
  }
  return steps;
}

type Body = JourneyEvent extends infer E ? (E extends JourneyEvent ? Omit<E, 'atMs'> : never) : never;

/** What the driver comes back with for the present command; a paused journey is first resumed. */
function answer(state: JourneyState, choice: number): Body | null {
  const { command } = state;
  if (state.pausedAtMs !== null) return { type: 'resumed' };
  switch (command.do) {
    case 'send-text':
    case 'place-call':
      return { type: 'touch-ended', touchKey: command.touchKey, result: touchOutcome(choice) };
    case 'ask-carrier':
      return choice % 4 === 0
        ? { type: 'call-going-on', touchKey: command.touchKey }
        : { type: 'call-ended', touchKey: command.touchKey, outcome: callOutcomes[choice % 5]! };
    case 'check-lead':
      return { type: 'lead-checked', matches: command.conditions.map((_, i) => (choice >> i) % 2 === 1) };
    case 'apply-disposition': {
      const { disposition, touchKey } = command;
      const refused = choice % 9 === 0 ? 'PIPELINE_STAGE_NOT_FOUND' : null;
      const remove = refused === null && choice % 23 === 0;
      return { type: 'disposition-applied', touchKey, disposition, refused, remove };
    }
    case 'set-stage':
      return { type: 'stage-set', touchKey: command.touchKey, refused: choice % 5 === 0 ? 'GONE' : null };
    case 'rest':
      return command.rest.kind === 'call' && choice % 3 > 0
        ? { type: 'call-ended', touchKey: command.rest.touchKey, outcome: callOutcomes[choice % 5]! }
        : { type: 'rest-over' };
    case 'finish':
      return { type: 'rest-over' };
  }
}

function touchOutcome(choice: number): TouchOutcome {
  const code = refusalCodes[choice % refusalCodes.length]!;
  switch (choice % 20) {
    case 0:
      return { outcome: 'refused', code };
    case 1:
      return { outcome: 'deferred', code, untilMs: noonMs + choice * minuteMs };
    case 2:
      return { outcome: 'held', code };
    case 3:
      return { outcome: 'failed', errorCode: '30003' };
    case 4:
      return { outcome: 'unknown' };
    default:
      return { outcome: 'done' };
  }
}

/** Signals and updates, the ones that end a journey seldom. */
function news({ choice }: Draw, atMs: number): Body {
  if (choice % 50 === 0) return { type: 'opted-out' };
  if (choice % 50 === 1) return { type: 'removed', reason: 'asked to' };
  switch (choice % 7) {
    case 0:
      return { type: 'paused' };
    case 1:
      return { type: 'resumed' };
    case 2:
      return { type: 'rescheduled', untilMs: atMs + (choice - 300) * minuteMs };
    case 3:
      return { type: 'step-skipped' };
    case 4:
      return { type: 'woken' };
    case 5:
      return { type: 'disposition-set', disposition: 'interested', remove: choice % 11 === 0 };
    default:
      return { type: 'reply', intent: choice % 2 === 0 ? 'yes' : 'question' };
  }
}

/** A result once more, or one of a touch that never was. */
function stale(results: JourneyEvent[], { choice }: Draw): Body | null {
  const earlier = results.length > 0 ? results[choice % results.length] : undefined;
  if (earlier) return earlier;
  return { type: 'touch-ended', touchKey: 'never:1', result: { outcome: 'done' } };
}
