import { describe, expect, test } from 'vitest';
import type { Step } from '#domain/journey/definition.ts';
import { conditionWords, describeStep, durationWords } from './step-words.ts';

test.each([
  ['90s', '90 s'],
  ['1d12h', '1 d 12 h'],
  ['30m', '30 min'],
])('%s is told as %s', (duration, told) => {
  expect(durationWords(duration)).toBe(told);
});

describe('conditions in words', () => {
  test.each([
    [{ fact: 'lead', field: 'state', is: 'in', value: ['CA', 'NV'] } as const, 'State is one of CA, NV'],
    [{ fact: 'lead', field: 'custom.plan', is: 'exists' } as const, 'Plan is known'],
    [{ fact: 'lead', field: 'city', is: 'exists', value: false } as const, 'City is not known'],
    [
      { fact: 'last_disposition', is: 'equals', value: 'no_answer' } as const,
      'Last disposition is no answer',
    ],
    [
      { fact: 'attempts', step: 'first_call', is: 'greater_than', value: 2 } as const,
      'Attempts of First call is more than 2',
    ],
  ])('%o', (condition, told) => {
    expect(conditionWords(condition as Parameters<typeof conditionWords>[0])).toBe(told);
  });
});

const steps: Record<string, [Step, string[]]> = {
  'a text goes on, also when it is not allowed': [
    { id: 'a', kind: 'sms', body: 'Hi', next: 'b', onRefused: 'c' },
    ['b', 'c'],
  ],
  'a call goes on by its outcome': [
    { id: 'a', kind: 'call', say: 'Hi', on: { answered: 'b' }, next: 'c' },
    ['b', 'c'],
  ],
  'a wait for a reply has two ways': [
    { id: 'a', kind: 'wait_for_reply', timeout: '2d', onReply: 'b', onTimeout: 'c' },
    ['b', 'c'],
  ],
  'a branch has one way a case': [
    {
      id: 'a',
      kind: 'branch',
      cases: [{ when: { fact: 'last_reply', is: 'equals', value: 'yes' }, next: 'b' }],
      otherwise: 'c',
    },
    ['b', 'c'],
  ],
  'a wait goes on': [{ id: 'a', kind: 'wait', until: { time: '10:00', days: 3 }, next: 'b' }, ['b']],
  'a stage goes on': [{ id: 'a', kind: 'set_stage', stage: 'Won', next: 'b' }, ['b']],
  'a disposition goes on': [{ id: 'a', kind: 'disposition', disposition: 'interested', next: 'b' }, ['b']],
  'an end leads nowhere': [{ id: 'a', kind: 'end' }, []],
};

test.each(Object.entries(steps))('%s', (_what, [step, targets]) => {
  expect(describeStep(step).ways.map((way) => way.to)).toEqual(targets);
});

test('a call tells its attempts and their spacing, also when they are the defaults', () => {
  const { lines } = describeStep({ id: 'a', kind: 'call', say: 'Hi', next: 'b' });
  expect(lines[0]).toBe('Up to 3 attempts, 4 h apart, after busy, no answer, failed');
});
