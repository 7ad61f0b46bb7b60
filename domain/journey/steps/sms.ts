import { durationMs, requireDurationMs } from '../../duration.ts';
import { badDuration, badValue } from '../problems.ts';
import { checkTemplate } from '../template-variables.ts';
import type { JourneyDefinition, SmsStep } from '../definition.ts';
import type { Problem } from '../problem.ts';
import type { JourneyState } from '../state.ts';
import { checkCondition, leadConditions, whichHold } from './conditions.ts';
import type { Move, StepContext, StepHandler } from './step-handler.ts';
import { moveAfterMissedTouch } from './touch.ts';
import type { TouchWords } from './touch.ts';

const words: TouchWords = {
  done: 'text-sent',
  refused: 'text-refused',
  failed: 'text-failed',
  deferred: 'text-deferred',
  held: 'text-held',
  unknown: 'text-unknown',
};

export const smsHandler: StepHandler<SmsStep> = {
  rests: false,
  targets: (step) => [
    { field: 'next', stepId: step.next },
    ...(step.onRefused ? [{ field: 'onRefused', stepId: step.onRefused }] : []),
  ],
  validate: (step, definition) => [
    ...checkTemplate(step.id, 'body', step.body),
    ...checkShelfLife(step, definition),
  ],
  skipTo: (step) => step.next,
  enter: ask,
  on(step, event, context) {
    const { command } = context.state;
    if (event.type === 'touch-ended' && command.do === 'send-text' && event.touchKey === command.touchKey) {
      const { touchKey } = command;
      if (event.result.outcome === 'done') {
        // A reply that came before this text was an answer to something else.
        return {
          goTo: step.next,
          patch: { replyPending: false },
          note: { kind: words.done, data: { touchKey } },
        };
      }
      const otherwise = step.onRefused ?? step.next;
      const expiresAtMs = expiryOf(step, context.state);
      return moveAfterMissedTouch(event.result, {
        touchKey,
        atMs: event.atMs,
        otherwise,
        words,
        expiresAtMs,
      });
    }
    if (event.type === 'lead-checked' && command.do === 'check-lead')
      return send(step, context, event.matches);
    if (asksAgain(event.type, command)) return ask(step, context);
    return null;
  },
};

/** Asks for the text; a condition about the lead is looked at first, each time anew. */
function ask(step: SmsStep, context: StepContext): Move {
  const { onlyIf } = step.shelfLife ?? {};
  const conditions = onlyIf ? leadConditions([onlyIf]) : [];
  return conditions.length > 0
    ? { command: { do: 'check-lead', stepId: step.id, conditions } }
    : send(step, context, []);
}

function send(step: SmsStep, { state, atMs }: StepContext, leadMatches: boolean[]): Move {
  const touchKey = `${step.id}:${state.visit}`;
  const { onlyIf } = step.shelfLife ?? {};
  const expiresAtMs = expiryOf(step, state);
  const worthIt = !onlyIf || whichHold([onlyIf], state, leadMatches)[0];
  if (!worthIt || (expiresAtMs !== null && expiresAtMs <= atMs)) {
    return {
      goTo: step.onRefused ?? step.next,
      note: { kind: words.refused, data: { touchKey, code: 'EXPIRED' } },
    };
  }
  return {
    command: {
      do: 'send-text',
      stepId: step.id,
      touchKey,
      ...(expiresAtMs === null ? {} : { expiresAtMs }),
    },
  };
}

/** The end of the step's shelf life, by whichever clock ends first; null = it has none. */
function expiryOf({ shelfLife }: SmsStep, { enteredAtMs }: JourneyState): number | null {
  const ends = [
    ...(shelfLife?.for === undefined ? [] : [enteredAtMs + requireDurationMs(shelfLife.for)]),
    ...(shelfLife?.until === undefined ? [] : [Date.parse(shelfLife.until)]),
  ];
  return ends.length === 0 ? null : Math.min(...ends);
}

function checkShelfLife({ id, shelfLife }: SmsStep, definition: JourneyDefinition): Problem[] {
  if (shelfLife === undefined) return [];
  const { for: length, until, onlyIf } = shelfLife;
  const isInstant =
    until !== undefined && /(Z|[+-]\d\d:\d\d)$/.test(until) && !Number.isNaN(Date.parse(until));
  return [
    ...(length !== undefined && durationMs(length) === null
      ? [badDuration(id, 'shelfLife.for', length)]
      : []),
    ...(until !== undefined && !isInstant
      ? [badValue(id, 'shelfLife.until', 'must be an instant like 2026-12-24T18:00:00Z')]
      : []),
    ...(onlyIf === undefined ? [] : checkCondition(id, 'shelfLife.onlyIf', onlyIf, definition)),
  ];
}

/** A touch that rests on the gate's word is asked for again when the rest is over or somebody wakes it. */
export function asksAgain(event: string, command: StepContext['state']['command']): boolean {
  if (command.do !== 'rest') return false;
  if (command.rest.kind === 'defer') return event === 'rest-over';
  return command.rest.kind === 'hold' && (event === 'rest-over' || event === 'woken');
}
