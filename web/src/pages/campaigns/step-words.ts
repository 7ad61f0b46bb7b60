import type { Condition } from '#domain/journey/condition.ts';
import { defaultMaxAttempts, defaultRetryAfter, defaultRetryOn } from '#domain/journey/definition.ts';
import type { Step, StepId } from '#domain/journey/definition.ts';
import { plural, words } from '../../lib/format.ts';

/** One way out of a step: when it is taken, and where it leads. */
export type WayOut = { when: string | null; to: StepId };

/** What a step does, as lines of text, and the ways out of it. */
export type StepWords = { lines: string[]; quote: string | null; ways: WayOut[] };

const comparisonWords: Record<Condition['is'], string> = {
  equals: 'is',
  not_equals: 'is not',
  in: 'is one of',
  contains: 'contains',
  exists: 'is known',
  greater_than: 'is more than',
  less_than: 'is less than',
};

/** `1d12h` as "1 d 12 h". */
export function durationWords(duration: string): string {
  const units: Record<string, string> = { d: 'd', h: 'h', m: 'min', s: 's' };
  return duration
    .replaceAll(/(\d+)([dhms])/g, (_, amount: string, unit: string) => `${amount} ${units[unit]} `)
    .trim();
}

/** A condition in words: "State is TX". */
export function conditionWords(condition: Condition): string {
  const fact =
    condition.fact === 'lead'
      ? words(condition.field.replace(/^custom\./, ''))
      : condition.fact === 'attempts'
        ? `Attempts of ${words(condition.step)}`
        : words(condition.fact);
  if (condition.is === 'exists') {
    return condition.value === false ? `${fact} is not known` : `${fact} is known`;
  }
  const value = Array.isArray(condition.value) ? condition.value.join(', ') : String(condition.value ?? '');
  return `${fact} ${comparisonWords[condition.is]} ${value.replaceAll('_', ' ')}`;
}

function shelfLifeLines(shelfLife: Extract<Step, { kind: 'sms' }>['shelfLife']): string[] {
  const { for: length, until, onlyIf } = shelfLife ?? {};
  return [
    ...(length ? [`Only within ${length}`] : []),
    ...(until ? [`Only until ${new Date(until).toLocaleString()}`] : []),
    ...(onlyIf ? [`Only if ${conditionWords(onlyIf)}`] : []),
  ];
}

/** Tells a step so that a manager can read it. */
export function describeStep(step: Step): StepWords {
  switch (step.kind) {
    case 'sms':
      return {
        lines: [
          ...(step.urgent
            ? ['Urgent: sent even when the number was texted or has replied a short while ago']
            : []),
          ...shelfLifeLines(step.shelfLife),
        ],
        quote: step.body,
        ways: [{ when: null, to: step.next }, ...refused(step.onRefused)],
      };
    case 'call': {
      const attempts = step.maxAttempts ?? defaultMaxAttempts;
      const retryOn = (step.retryOn ?? defaultRetryOn)
        .map((outcome) => words(outcome).toLowerCase())
        .join(', ');
      return {
        lines: [
          attempts === 1
            ? 'One attempt'
            : `Up to ${plural(attempts, 'attempt')}, ${durationWords(step.retryAfter ?? defaultRetryAfter)} apart, after ${retryOn}`,
          ...(step.voicemail === undefined ? [] : [`Voicemail: ${step.voicemail}`]),
        ],
        quote: step.say,
        ways: [
          ...Object.entries(step.on ?? {}).map(([outcome, to]) => ({ when: words(outcome), to })),
          { when: Object.keys(step.on ?? {}).length > 0 ? 'Otherwise' : null, to: step.next },
          ...refused(step.onRefused),
        ],
      };
    }
    case 'wait':
      return {
        lines: [waitWords(step)],
        quote: null,
        ways: [{ when: null, to: step.next }],
      };
    case 'wait_for_reply':
      return {
        lines: [`For ${durationWords(step.timeout)} at most`],
        quote: null,
        ways: [
          { when: 'Reply', to: step.onReply },
          { when: 'No reply', to: step.onTimeout },
        ],
      };
    case 'branch':
      return {
        lines: [],
        quote: null,
        ways: [
          ...step.cases.map(({ when, next }) => ({ when: conditionWords(when), to: next })),
          { when: 'Otherwise', to: step.otherwise },
        ],
      };
    case 'set_stage':
      return {
        lines: [`To ${step.stage}${step.autoCreate ? ', made when it is missing' : ''}`],
        quote: null,
        ways: [{ when: null, to: step.next }],
      };
    case 'disposition':
      return { lines: [words(step.disposition)], quote: null, ways: [{ when: null, to: step.next }] };
    case 'end':
      return { lines: step.reason ? [words(step.reason)] : [], quote: null, ways: [] };
  }
}

function waitWords(step: Extract<Step, { kind: 'wait' }>): string {
  if (step.for !== undefined) return `For ${durationWords(step.for)}`;
  if (step.until === undefined) return 'Not at all';
  const days = step.until.days ?? 0;
  const day = days === 0 ? '' : `, ${plural(days, 'day')} later at the earliest`;
  return `Until ${step.until.time} where the lead is${day}`;
}

function refused(to: StepId | undefined): WayOut[] {
  return to === undefined ? [] : [{ when: 'Not allowed', to }];
}
