import type { JourneyDefinition, Step, StepId } from '../definition.ts';
import type { Problem } from '../problem.ts';
import type { Command, JourneyEvent, JourneyFacts, JourneyState, TimelineEntry } from '../state.ts';

/** What a step sees when it decides. */
export type StepContext = { state: JourneyState; facts: JourneyFacts; atMs: number };

/** A step's decision: do one thing and stay, go to another step, or end the journey. */
export type Move = {
  patch?: Partial<JourneyState>;
  note?: Pick<TimelineEntry, 'kind' | 'data'>;
} & (
  | { command: Command }
  | { goTo: StepId }
  | { end: { status: 'completed' | 'removed' | 'failed'; reason: string } }
);

/**
 * All that the engine and the validation know about one kind of step. A new kind is a new handler, a line in
 * `steps/index.ts`, a type in `definition.ts` and, if it has an effect, a command that the driver performs.
 */
export type StepHandler<S extends Step> = {
  /** The steps it can go to, with the field that names each. */
  targets(step: S): { field: string; stepId: StepId }[];
  /** Whether it always rests: only such a step may close a loop. */
  rests: boolean;
  validate(step: S, definition: JourneyDefinition): Problem[];
  enter(step: S, context: StepContext): Move;
  /** Null when the event means nothing to this step in this state. */
  on(step: S, event: JourneyEvent, context: StepContext): Move | null;
  /** Where a person's "skip" leads. */
  skipTo(step: S): StepId | null;
};
