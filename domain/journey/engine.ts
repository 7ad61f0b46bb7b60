import { requireStep } from './definition.ts';
import type { JourneyDefinition } from './definition.ts';
import type { Command, JourneyEvent, JourneyFacts, JourneyState, TimelineEntry, Turn } from './state.ts';
import { handlerOf } from './steps/index.ts';
import type { Move } from './steps/step-handler.ts';

/** Begins a journey: the state at its first command. */
export function start(definition: JourneyDefinition, facts: JourneyFacts, atMs: number): Turn {
  const state: JourneyState = {
    status: 'active',
    endReason: null,
    stepId: definition.start,
    enteredAtMs: atMs,
    visit: 0,
    attempt: 0,
    attempts: {},
    sinceRest: 0,
    lastDisposition: null,
    lastReply: null,
    replyPending: false,
    callOutcome: null,
    pausedAtMs: null,
    command: { do: 'finish' },
  };
  const turn: Turn = { state, timeline: [{ atMs, kind: 'journey-started', stepId: null, data: {} }] };
  return applyMove(definition, facts, turn, { goTo: definition.start }, atMs);
}

/**
 * Takes one event and returns the state at the next command, with what is to be told about it. An event that means
 * nothing in this state (a late status, a second opt-out) changes nothing.
 */
export function advance(
  definition: JourneyDefinition,
  facts: JourneyFacts,
  state: JourneyState,
  event: JourneyEvent,
): Turn {
  if (state.status !== 'active' || isStale(state.command, event)) return { state, timeline: [] };
  const noted = note(state, event);
  const move = moveFor(definition, facts, noted.state, event);
  return move ? applyMove(definition, facts, noted, move, event.atMs) : noted;
}

/** The rest that the journey is in, or null while there is something to do. */
export function restOf(state: JourneyState) {
  return state.command.do === 'rest' ? state.command.rest : null;
}

/** A result belongs to the command that asked for it: one that comes late or twice is nobody's. */
function isStale(command: Command, event: JourneyEvent): boolean {
  switch (event.type) {
    case 'touch-ended': {
      const asked = command.do === 'send-text' || command.do === 'place-call';
      return !asked || command.touchKey !== event.touchKey;
    }
    case 'call-going-on':
      return command.do !== 'ask-carrier' || command.touchKey !== event.touchKey;
    case 'disposition-applied':
      return command.do !== 'apply-disposition' || command.touchKey !== event.touchKey;
    case 'stage-set':
      return command.do !== 'set-stage' || command.touchKey !== event.touchKey;
    case 'lead-checked':
      return command.do !== 'check-lead';
    default:
      return false;
  }
}

/** What an event changes and tells whatever the step is. */
function note(state: JourneyState, event: JourneyEvent): Turn {
  const line = (kind: string, data: TimelineEntry['data'] = {}): TimelineEntry[] => [
    { atMs: event.atMs, kind, stepId: state.stepId, data },
  ];
  switch (event.type) {
    case 'reply':
      return {
        state: { ...state, lastReply: event.intent, replyPending: true },
        timeline: line('reply-received', { intent: event.intent }),
      };
    case 'disposition-applied':
      if (event.refused !== null) {
        return {
          state,
          timeline: line('disposition-refused', { disposition: event.disposition, code: event.refused }),
        };
      }
      return {
        state: { ...state, lastDisposition: event.disposition },
        timeline: line('disposition-applied', { disposition: event.disposition, setBy: 'system' }),
      };
    case 'disposition-set':
      return {
        state: { ...state, lastDisposition: event.disposition },
        timeline: line('disposition-applied', { disposition: event.disposition, setBy: 'manual' }),
      };
    case 'paused':
      if (state.pausedAtMs !== null) return { state, timeline: [] };
      return { state: { ...state, pausedAtMs: event.atMs }, timeline: line('paused') };
    case 'resumed': {
      if (state.pausedAtMs === null) return { state, timeline: [] };
      const pausedForMs = event.atMs - state.pausedAtMs;
      return {
        state: { ...state, pausedAtMs: null, command: postponed(state.command, pausedForMs) },
        timeline: line('resumed', { pausedForMs }),
      };
    }
    default:
      return { state, timeline: [] };
  }
}

/** What the journey does about an event: rules that hold at every step first, then the step's own. */
function moveFor(
  definition: JourneyDefinition,
  facts: JourneyFacts,
  state: JourneyState,
  event: JourneyEvent,
): Move | null {
  const step = requireStep(definition, state.stepId);
  switch (event.type) {
    case 'opted-out':
      return { end: { status: 'removed', reason: 'OPTED_OUT' } };
    case 'removed':
      return { end: { status: 'removed', reason: event.reason } };
    case 'disposition-set':
      return event.remove ? { end: { status: 'removed', reason: `disposition:${event.disposition}` } } : null;
    case 'rescheduled': {
      const rest = restOf(state);
      if (rest === null || rest.kind === 'call' || rest.kind === 'hold') return null;
      return {
        command: { do: 'rest', rest: { ...rest, untilMs: event.untilMs } },
        note: { kind: 'rescheduled', data: { untilMs: event.untilMs } },
      };
    }
    case 'step-skipped': {
      const target = restOf(state) === null ? null : handlerOf(step).skipTo(step);
      return target === null ? null : { goTo: target, note: { kind: 'step-skipped', data: {} } };
    }
    default:
      return handlerOf(step).on(step, event, { state, facts, atMs: event.atMs });
  }
}

function applyMove(
  definition: JourneyDefinition,
  facts: JourneyFacts,
  from: Turn,
  first: Move,
  atMs: number,
): Turn {
  const timeline = [...from.timeline];
  let state = from.state;
  let move: Move = first;
  for (;;) {
    if (move.note) timeline.push({ atMs, stepId: state.stepId, ...move.note });
    state = { ...state, ...move.patch };
    if ('end' in move) {
      timeline.push({
        atMs,
        kind: `journey-${move.end.status}`,
        stepId: state.stepId,
        data: { reason: move.end.reason },
      });
      state = { ...state, status: move.end.status, endReason: move.end.reason, command: { do: 'finish' } };
      return { state, timeline };
    }
    if ('command' in move) {
      const sinceRest = move.command.do === 'rest' ? 0 : state.sinceRest;
      // A rest that begins during a pause has lost nothing to it yet.
      const pausedAtMs = state.pausedAtMs === null ? null : atMs;
      return { state: { ...state, command: move.command, sinceRest, pausedAtMs }, timeline };
    }
    const step = requireStep(definition, move.goTo);
    state = {
      ...state,
      stepId: step.id,
      enteredAtMs: atMs,
      visit: state.visit + 1,
      sinceRest: state.sinceRest + 1,
    };
    // The steps of a valid definition that do not rest form no loop: none of them comes twice without a rest between.
    move =
      state.sinceRest > definition.steps.length
        ? { end: { status: 'failed', reason: 'LOOP_WITHOUT_WAIT' } }
        : handlerOf(step).enter(step, { state, facts, atMs });
  }
}

/** A pause does not use up the lead's wait: what remained of it remains. */
function postponed(command: Command, byMs: number): Command {
  if (command.do !== 'rest') return command;
  return { do: 'rest', rest: { ...command.rest, untilMs: command.rest.untilMs + byMs } };
}
