import { describe, expect, test } from 'vitest';
import type { JourneyDefinition, Step } from './definition.ts';
import { problemCodes } from './problem.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { sampleJourney } from './sample-journey.ts';
import { isStepKind, validateDefinition } from './validate.ts';

const end: Step = { id: 'end', kind: 'end' };
const sms = (changes: object = {}): Step =>
  ({ id: 'text', kind: 'sms', body: 'Hello', next: 'end', ...changes }) as Step;
const call = (changes: object = {}): Step =>
  ({ id: 'call', kind: 'call', say: 'Hello', next: 'end', ...changes }) as Step;
const wait = (changes: object): Step => ({ id: 'wait', kind: 'wait', next: 'end', ...changes }) as Step;
const branch = (when: object, next = 'end'): Step =>
  ({ id: 'branch', kind: 'branch', cases: [{ when, next }], otherwise: 'end' }) as Step;
const of = (...steps: Step[]): JourneyDefinition => ({ start: steps[0]!.id, steps });

type Case = [
  name: string,
  definition: JourneyDefinition,
  stepId: string | null,
  field: string,
  code: ProblemCode,
];

/** One fault each, and nothing but that fault is told. */
const faults: Case[] = [
  ['no step', { start: 'end', steps: [] }, null, 'steps', 'NO_STEPS'],
  ['two steps of one id', of(sms(), end, end), 'end', 'id', 'DUPLICATE_STEP_ID'],
  ['no such start', { start: 'begin', steps: [end] }, null, 'start', 'MISSING_TARGET'],
  ['no such next', of(sms({ next: 'gone' }), end), 'text', 'next', 'MISSING_TARGET'],
  ['no such onRefused', of(sms({ onRefused: 'gone' }), end), 'text', 'onRefused', 'MISSING_TARGET'],
  ['no such outcome target', of(call({ on: { busy: 'gone' } }), end), 'call', 'on.busy', 'MISSING_TARGET'],
  [
    'no such case target',
    of(branch({ fact: 'last_reply', is: 'exists' }, 'gone'), end),
    'branch',
    'cases.0.next',
    'MISSING_TARGET',
  ],
  [
    'attempts of a step that is no call',
    of(branch({ fact: 'attempts', step: 'end', is: 'equals', value: 1 }), end),
    'branch',
    'cases.0.when.step',
    'MISSING_TARGET',
  ],
  [
    'a step that nothing leads to',
    of(sms(), end, { id: 'island', kind: 'end' }),
    'island',
    'id',
    'UNREACHABLE_STEP',
  ],
  [
    'a loop without a rest',
    of(branch({ fact: 'last_reply', is: 'exists' }, 'text'), sms({ next: 'branch' }), end),
    'branch',
    'next',
    'LOOP_WITHOUT_WAIT',
  ],
  ['no end', of(wait({ for: '1d', next: 'wait' })), null, 'steps', 'NO_END'],
  [
    'a variable that no lead has',
    of(sms({ body: 'Hi {{nickname}}' }), end),
    'text',
    'body',
    'UNKNOWN_VARIABLE',
  ],
  [
    'a variable of a voicemail',
    of(call({ voicemail: '{{age|}}' }), end),
    'call',
    'voicemail',
    'UNKNOWN_VARIABLE',
  ],
  [
    'a field that no lead has',
    of(branch({ fact: 'lead', field: 'salary', is: 'exists' }), end),
    'branch',
    'cases.0.when.field',
    'UNKNOWN_FIELD',
  ],
  ['a brace that stands alone', of(sms({ body: 'Hi {{first_name}' }), end), 'text', 'body', 'BAD_TEMPLATE'],
  ['a closing brace that stands alone', of(call({ say: 'Hi }}' }), end), 'call', 'say', 'BAD_TEMPLATE'],
  ['a wait of no length', of(wait({ for: '0h' }), end), 'wait', 'for', 'BAD_DURATION'],
  ['a spacing that is none', of(call({ retryAfter: 'soon' }), end), 'call', 'retryAfter', 'BAD_DURATION'],
  [
    'a time-out that is none',
    of({ id: 'hear', kind: 'wait_for_reply', timeout: '', onReply: 'end', onTimeout: 'end' }, end),
    'hear',
    'timeout',
    'BAD_DURATION',
  ],
  ['a time that is none', of(wait({ until: { time: '24:00' } }), end), 'wait', 'until.time', 'BAD_TIME'],
  ['a wait for both', of(wait({ for: '1d', until: { time: '09:00' } }), end), 'wait', 'for', 'BAD_VALUE'],
  ['a wait for nothing', of(wait({}), end), 'wait', 'for', 'BAD_VALUE'],
  [
    'days before today',
    of(wait({ until: { time: '09:00', days: -1 } }), end),
    'wait',
    'until.days',
    'BAD_VALUE',
  ],
  ['half a day', of(wait({ until: { time: '09:00', days: 0.5 } }), end), 'wait', 'until.days', 'BAD_VALUE'],
  ['no attempts', of(call({ maxAttempts: 0 }), end), 'call', 'maxAttempts', 'BAD_VALUE'],
  ['too many attempts', of(call({ maxAttempts: 11 }), end), 'call', 'maxAttempts', 'BAD_VALUE'],
  ['an empty text', of(sms({ body: ' ' }), end), 'text', 'body', 'BAD_VALUE'],
  [
    'a stage without a name',
    of({ id: 's', kind: 'set_stage', stage: ' ', next: 'end' }, end),
    's',
    'stage',
    'BAD_VALUE',
  ],
  [
    'a disposition without a code',
    of({ id: 'd', kind: 'disposition', disposition: '', next: 'end' }, end),
    'd',
    'disposition',
    'BAD_VALUE',
  ],
  [
    'a comparison that is none',
    of(branch({ fact: 'last_reply', is: 'like', value: 'y' }), end),
    'branch',
    'cases.0.when.is',
    'BAD_VALUE',
  ],
  [
    'nothing to compare with',
    of(branch({ fact: 'last_reply', is: 'equals' }), end),
    'branch',
    'cases.0.when.value',
    'BAD_VALUE',
  ],
  [
    'one thing where a list is needed',
    of(branch({ fact: 'last_reply', is: 'in', value: 'yes' }), end),
    'branch',
    'cases.0.when.value',
    'BAD_VALUE',
  ],
  ['an id that would divide a touch key', of({ ...end, id: 'a:1' }), 'a:1', 'id', 'BAD_VALUE'],
  ['an empty id', of({ ...end, id: '' }), '', 'id', 'BAD_VALUE'],
  ['an id of another kind of record', of({ ...end, id: '__proto__' }), '__proto__', 'id', 'BAD_VALUE'],
];

describe('a fault is told with step, field and code', () => {
  test.each(faults)('%s', (_name, definition, stepId, field, code) => {
    const problems = validateDefinition(definition);
    expect(problems.map((one) => [one.stepId, one.field, one.code])).toEqual([[stepId, field, code]]);
    expect(problems[0]!.message.length).toBeGreaterThan(10);
  });

  test('of every code there is', () => {
    expect(new Set(faults.map(([, , , , code]) => code))).toEqual(new Set(problemCodes));
  });
});

describe('a definition is judged whole', () => {
  test('every fault of every step is told at once', () => {
    const problems = validateDefinition(
      of(
        sms({ body: '{{a}} {{b}}', next: 'wait' }),
        wait({ for: 'x' }),
        call({ maxAttempts: 99, say: '' }),
        end,
      ),
    );
    const told = problems.map(({ stepId, field, code }: Problem) => `${stepId}.${field} ${code}`);
    expect(told).toEqual([
      'text.body UNKNOWN_VARIABLE',
      'text.body UNKNOWN_VARIABLE',
      'wait.for BAD_DURATION',
      'call.say BAD_VALUE',
      'call.maxAttempts BAD_VALUE',
      'call.id UNREACHABLE_STEP',
    ]);
  });

  test('the way through it is judged only when every step leads somewhere', () => {
    const problems = validateDefinition(of(sms({ next: 'gone' }), { id: 'island', kind: 'end' }));
    expect(problems.map(({ code }) => code)).toEqual(['MISSING_TARGET']);
  });

  test('a loop that rests is none, by whichever way it goes', () => {
    const loop = of(
      { id: 'hear', kind: 'wait_for_reply', timeout: '1d', onReply: 'branch', onTimeout: 'text' },
      branch({ fact: 'last_reply', is: 'equals', value: 'later' }, 'hear'),
      sms({ next: 'hear' }),
      end,
    );
    expect(validateDefinition(loop)).toEqual([]);
  });

  test('the sample journey is valid, and shows every kind of step', () => {
    expect(validateDefinition(sampleJourney)).toEqual([]);
    expect(new Set(sampleJourney.steps.map(({ kind }) => kind)).size).toBe(8);
  });
});

test('kinds of steps are known by name', () => {
  expect(isStepKind('wait_for_reply')).toBe(true);
  expect(isStepKind('constructor')).toBe(false);
});
