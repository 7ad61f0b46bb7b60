import type { z } from 'zod';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { Condition } from '#domain/journey/condition.ts';
import type { JourneyDefinition, Step } from '#domain/journey/definition.ts';
import { definitionSchema } from './definition.ts';
import type { conditionSchema, stepSchema } from './definition.ts';

test('schema and domain describe the same data (checked by the compiler, both ways)', () => {
  expectTypeOf<z.output<typeof definitionSchema>>().toExtend<JourneyDefinition>();
  expectTypeOf<JourneyDefinition>().toExtend<z.output<typeof definitionSchema>>();
  expectTypeOf<z.output<typeof stepSchema>>().toExtend<Step>();
  expectTypeOf<Step>().toExtend<z.output<typeof stepSchema>>();
  expectTypeOf<z.output<typeof conditionSchema>>().toExtend<Condition>();
  expectTypeOf<Condition>().toExtend<z.output<typeof conditionSchema>>();
});

const everyKind: JourneyDefinition = {
  start: 'hello',
  steps: [
    {
      id: 'hello',
      kind: 'sms',
      body: 'Hi {{first_name|there}}',
      urgent: true,
      next: 'listen',
      onRefused: 'bye',
    },
    { id: 'listen', kind: 'wait_for_reply', timeout: '2d', onReply: 'fork', onTimeout: 'ring' },
    {
      id: 'ring',
      kind: 'call',
      say: 'Hello',
      voicemail: 'Sorry we missed you',
      maxAttempts: 2,
      retryAfter: '4h',
      retryOn: ['busy', 'no_answer'],
      on: { voicemail: 'later' },
      next: 'bye',
    },
    { id: 'later', kind: 'wait', until: { time: '09:30', days: 1 }, next: 'mark' },
    {
      id: 'fork',
      kind: 'branch',
      cases: [{ when: { fact: 'last_reply', is: 'in', value: ['yes', 'question'] }, next: 'move' }],
      otherwise: 'bye',
    },
    { id: 'move', kind: 'set_stage', stage: 'Interested', autoCreate: true, next: 'mark' },
    { id: 'mark', kind: 'disposition', disposition: 'interested', next: 'bye' },
    { id: 'bye', kind: 'end', reason: 'done' },
  ],
};

test('a definition with every kind of step passes unchanged', () => {
  expect(definitionSchema.parse(everyKind)).toEqual(everyKind);
});

describe('what is not a definition is refused, with the path of the fault', () => {
  test.each([
    ['an unknown kind', { id: 'a', kind: 'teleport', next: 'b' }, 'steps.0.kind'],
    ['a missing field', { id: 'a', kind: 'sms', next: 'b' }, 'steps.0.body'],
    ['a field that the kind does not have', { id: 'a', kind: 'end', next: 'b' }, 'steps.0'],
    [
      'an outcome that no call has',
      { id: 'a', kind: 'call', say: 'x', next: 'b', on: { lost: 'b' } },
      'steps.0.on',
    ],
    ['a step id with blanks', { id: 'a b', kind: 'end' }, 'steps.0.id'],
    [
      'an unknown comparison',
      {
        id: 'a',
        kind: 'branch',
        cases: [{ when: { fact: 'last_reply', is: 'like' }, next: 'a' }],
        otherwise: 'a',
      },
      'steps.0.cases.0.when.is',
    ],
  ])('%s', (_what, step, path) => {
    const { error } = definitionSchema.safeParse({ start: 'a', steps: [step] });
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});
