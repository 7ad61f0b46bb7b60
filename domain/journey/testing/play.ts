import type { JourneyDefinition, Step } from '../definition.ts';
import { advance, start } from '../engine.ts';
import type { JourneyEvent, JourneyFacts, JourneyState, TimelineEntry, TouchOutcome } from '../state.ts';
import { noonMs } from './random-run.ts';

/** An event without its instant; it happens now. */
export type Happening = JourneyEvent extends infer E
  ? E extends JourneyEvent
    ? Omit<E, 'atMs'>
    : never
  : never;

/** A journey in a test's hands: what it commands, what it told, and a clock that the test moves. */
export function play(steps: Step[], facts: JourneyFacts = { timeZones: ['America/New_York'] }) {
  const definition: JourneyDefinition = {
    start: steps[0]!.id,
    steps: [...steps, { id: 'over', kind: 'end' }],
  };
  let atMs = noonMs;
  let { state, timeline } = start(definition, facts, atMs);
  const told: TimelineEntry[] = [...timeline];
  const journey = {
    get state(): JourneyState {
      return state;
    },
    get command() {
      return state.command;
    },
    /** Kinds of the timeline's lines so far. */
    get told() {
      return told.map(({ kind }) => kind);
    },
    /** What the last event told. */
    get news() {
      return timeline;
    },
    now: () => atMs,
    /** Lets time pass and one thing happen. */
    give(event: Happening, afterMs = 0) {
      atMs += afterMs;
      ({ state, timeline } = advance(definition, facts, state, { ...event, atMs } as JourneyEvent));
      told.push(...timeline);
      return journey;
    },
    /** The answer to the touch that is asked for. */
    touched(result: TouchOutcome = { outcome: 'done' }) {
      const touchKey = 'touchKey' in state.command ? state.command.touchKey : 'none';
      return journey.give({ type: 'touch-ended', touchKey, result });
    },
    /** The rest's end, at its time. */
    rested() {
      const afterMs = state.command.do === 'rest' ? Math.max(0, state.command.rest.untilMs - atMs) : 0;
      return journey.give({ type: 'rest-over' }, afterMs);
    },
  };
  return journey;
}
