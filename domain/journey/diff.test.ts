import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JourneyDefinition, Step } from './definition.ts';
import { diffDefinitions } from './diff.ts';
import { arbitraryDefinition } from './testing/arbitrary-definition.ts';

const text: Step = { id: 'text', kind: 'sms', body: 'Hello', next: 'end' };
const end: Step = { id: 'end', kind: 'end' };
const of = (...steps: Step[]): JourneyDefinition => ({ start: 'text', steps });

describe('between two definitions', () => {
  test('steps are added, removed and changed field by field', () => {
    const later = of(
      { id: 'text', kind: 'sms', body: 'Hi', urgent: true, next: 'wait' },
      { id: 'wait', kind: 'wait', for: '1d', next: 'end' },
    );
    expect(diffDefinitions(of(text, end), later)).toEqual({
      added: ['wait'],
      removed: ['end'],
      changed: [
        { stepId: 'text', field: 'body', before: 'Hello', after: 'Hi' },
        { stepId: 'text', field: 'next', before: 'end', after: 'wait' },
        { stepId: 'text', field: 'urgent', before: null, after: true },
      ],
    });
  });

  test('a step of another kind and another start are told', () => {
    const later: JourneyDefinition = { start: 'end', steps: [{ id: 'text', kind: 'end', reason: 'x' }, end] };
    expect(diffDefinitions(of(text, end), later).changed).toEqual([
      { stepId: null, field: 'start', before: 'text', after: 'end' },
      { stepId: 'text', field: 'kind', before: 'sms', after: 'end' },
      { stepId: 'text', field: 'body', before: 'Hello', after: null },
      { stepId: 'text', field: 'next', before: 'end', after: null },
      { stepId: 'text', field: 'reason', before: null, after: 'x' },
    ]);
  });

  test('cases of a branch are compared by what they say, in their order', () => {
    const branch = (...values: string[]): Step => ({
      id: 'text',
      kind: 'branch',
      cases: values.map((value) => ({ when: { fact: 'last_reply', is: 'equals', value }, next: 'end' })),
      otherwise: 'end',
    });
    const fields = (before: Step, after: Step) =>
      diffDefinitions(of(before, end), of(after, end)).changed.map(({ field }) => field);
    expect(fields(branch('yes', 'no'), branch('yes', 'no'))).toEqual([]);
    expect(fields(branch('yes', 'no'), branch('no', 'yes'))).toEqual(['cases']);
  });
});

test('nothing has become of a definition that was only written in another order', () => {
  fc.assert(
    fc.property(arbitraryDefinition, (definition) => {
      const turned = (value: unknown): unknown => {
        if (value === null || typeof value !== 'object') return value;
        if (Array.isArray(value)) return value.map(turned);
        return Object.fromEntries(
          Object.entries(value)
            .toReversed()
            .map(([key, each]) => [key, turned(each)]),
        );
      };
      const again = turned(definition) as JourneyDefinition;
      const shuffled = { ...again, steps: again.steps.toReversed() };
      expect(diffDefinitions(definition, shuffled)).toEqual({ added: [], removed: [], changed: [] });
    }),
  );
});

test('what is added one way is removed the other way, and changes are turned round', () => {
  fc.assert(
    fc.property(arbitraryDefinition, arbitraryDefinition, (left, right) => {
      const [there, back] = [diffDefinitions(left, right), diffDefinitions(right, left)];
      expect(back.added.toSorted()).toEqual(there.removed.toSorted());
      expect(back.removed.toSorted()).toEqual(there.added.toSorted());
      const turned = back.changed.map(({ before, after, ...where }) => ({
        ...where,
        before: after,
        after: before,
      }));
      expect(new Set(turned.map((change) => JSON.stringify(change)))).toEqual(
        new Set(there.changed.map((change) => JSON.stringify(change))),
      );
    }),
  );
});
