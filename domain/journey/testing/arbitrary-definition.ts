import fc from 'fast-check';
import { callOutcomes } from '../../carrier-status.ts';
import type { Condition } from '../condition.ts';
import type { JourneyDefinition, Step, StepId, StepKind } from '../definition.ts';
import { handlerOf } from '../steps/index.ts';

/** What a step is drawn from; which steps it leads to is drawn as numbers and resolved once all steps are known. */
type Draft = { kind: Exclude<StepKind, 'end'>; targets: number[]; options: Options };

type Options = {
  duration: string;
  text: string;
  flag: boolean;
  name: string;
  until: { time: string; days?: number } | null;
  maxAttempts: number | null;
  retryOn: (typeof callOutcomes)[number][] | null;
  outcomes: (typeof callOutcomes)[number][];
  conditions: DraftCondition[];
};

type DraftCondition = Exclude<Condition, { fact: 'attempts' }> | { fact: 'attempts'; call: number };

const durations = ['1s', '90s', '30m', '4h', '1d', '1d12h'];

/** Words of ordinary objects too, which must never be mistaken for what a record holds. */
const stepIds = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom('constructor', 'toString', 'text', 'Call_2', 'wait-1', '0'),
    fc.stringMatching(/^[A-Za-z0-9][\w-]{0,8}$/),
  ),
  { minLength: 12, maxLength: 12 },
);

const condition: fc.Arbitrary<DraftCondition> = fc.oneof(
  fc.record({
    fact: fc.constant('lead' as const),
    field: fc.constantFrom('state', 'score', 'tags', 'custom.plan'),
    is: fc.constantFrom('equals' as const, 'not_equals' as const, 'contains' as const),
    value: fc.constantFrom('NY', 7),
  }),
  fc.record({
    fact: fc.constant('last_disposition' as const),
    is: fc.constant('in' as const),
    value: fc.constant<string[]>(['answered', 'voicemail']),
  }),
  fc.record({
    fact: fc.constant('last_reply' as const),
    is: fc.constantFrom('equals' as const, 'exists' as const),
    value: fc.constantFrom('yes', true),
  }),
  fc.record({ fact: fc.constant('attempts' as const), call: fc.nat(20) }),
);

const draft: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constantFrom('sms', 'call', 'wait', 'wait_for_reply', 'branch', 'set_stage', 'disposition'),
  targets: fc.array(fc.nat(60), { minLength: 6, maxLength: 6 }),
  options: fc.record({
    duration: fc.constantFrom(...durations),
    text: fc.constantFrom('Hello', 'Hi {{first_name|there}}', '{{organization}}: {{custom.plan|yours}}'),
    flag: fc.boolean(),
    name: fc.constantFrom('Contacted', 'answered', 'interested'),
    until: fc.option(
      fc.oneof(
        fc.record({ time: fc.constantFrom('00:00', '09:30', '23:59') }),
        fc.record({ time: fc.constantFrom('08:00', '12:00'), days: fc.integer({ min: 0, max: 3 }) }),
      ),
    ),
    maxAttempts: fc.option(fc.integer({ min: 1, max: 10 })),
    retryOn: fc.option(fc.subarray([...callOutcomes])),
    outcomes: fc.subarray([...callOutcomes]),
    conditions: fc.array(condition, { maxLength: 3 }),
  }),
});

/**
 * Any definition that validation accepts, of up to eleven steps: every kind, loops that rest, steps visited by several
 * ways. Each step's first target lies further on, so an end can be reached from everywhere; a step that does not rest
 * goes back only to one that does.
 */
export const arbitraryDefinition: fc.Arbitrary<JourneyDefinition> = fc
  .tuple(stepIds, fc.array(draft, { maxLength: 11, size: 'max' }))
  // As it comes from the database: plain JSON.
  .map(([ids, drafts]) => JSON.parse(JSON.stringify(build(ids, drafts))) as JourneyDefinition);

const rests = (kind: StepKind) => kind === 'wait' || kind === 'wait_for_reply' || kind === 'end';

function build(ids: StepId[], drafts: Draft[]): JourneyDefinition {
  const kinds: StepKind[] = [...drafts.map(({ kind }) => kind), 'end'];
  const idAt = (index: number) => ids[index]!;
  const steps: Step[] = drafts.map((one, index) => {
    const forward = kinds.map((_, other) => other).filter((other) => other > index);
    const others = kinds
      .map((_, other) => other)
      .filter((other) => other > index || rests(one.kind) || rests(kinds[other]!));
    const pick = (from: number[], draw: number) => idAt(from[draw % from.length]!);
    const [first, ...rest] = one.targets as [number, ...number[]];
    return stepOf(
      idAt(index),
      one,
      pick(forward, first),
      rest.map((draw) => pick(others, draw)),
      ids,
    );
  });
  steps.push({ id: idAt(drafts.length), kind: 'end' });
  return settled({ start: idAt(0), steps });
}

function stepOf(id: StepId, one: Draft, next: StepId, others: StepId[], ids: StepId[]): Step {
  const { options } = one;
  switch (one.kind) {
    case 'sms':
      return {
        id,
        kind: 'sms',
        body: options.text,
        next,
        ...(options.flag ? { urgent: true, onRefused: others[0]! } : {}),
        ...(options.maxAttempts === null ? {} : { shelfLife: { for: options.duration } }),
      };
    case 'call':
      return {
        id,
        kind: 'call',
        say: options.text,
        next,
        on: Object.fromEntries(options.outcomes.map((outcome, index) => [outcome, others[index % 5]!])),
        ...(options.maxAttempts === null ? {} : { maxAttempts: options.maxAttempts }),
        ...(options.retryOn === null ? {} : { retryOn: options.retryOn, retryAfter: options.duration }),
        ...(options.flag ? { onRefused: others[4]! } : {}),
      };
    case 'wait':
      return {
        id,
        kind: 'wait',
        next,
        ...(options.until ? { until: options.until } : { for: options.duration }),
      };
    case 'wait_for_reply':
      return { id, kind: 'wait_for_reply', timeout: options.duration, onReply: others[0]!, onTimeout: next };
    case 'branch':
      return {
        id,
        kind: 'branch',
        cases: options.conditions.map((when, index) => ({
          when: when.fact === 'attempts' ? attemptsOf(ids[when.call % ids.length]!) : when,
          next: others[index]!,
        })),
        otherwise: next,
      };
    case 'set_stage':
      return { id, kind: 'set_stage', stage: options.name, autoCreate: options.flag, next };
    case 'disposition':
      return { id, kind: 'disposition', disposition: options.name, next };
  }
}

function attemptsOf(step: StepId): Condition {
  return { fact: 'attempts', step, is: 'greater_than', value: 1 };
}

/** Without the steps that nothing leads to, and without questions about calls that are none (or no longer there). */
function settled({ start, steps }: JourneyDefinition): JourneyDefinition {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const reached = new Set<StepId>();
  const queue = [start];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    const step = byId.get(id)!;
    queue.push(
      ...handlerOf(step)
        .targets(step)
        .map(({ stepId }) => stepId),
    );
  }
  const kept = steps.filter(({ id }) => reached.has(id));
  const calls = new Set(kept.filter(({ kind }) => kind === 'call').map(({ id }) => id));
  return {
    start,
    steps: kept.map((step) =>
      step.kind === 'branch'
        ? {
            ...step,
            cases: step.cases.map((one) =>
              one.when.fact === 'attempts' && !calls.has(one.when.step)
                ? { ...one, when: { fact: 'last_reply', is: 'exists' } }
                : one,
            ),
          }
        : step,
    ),
  };
}
