import { expect, test } from 'vitest';
import { readExamples, unlike, valueAt } from './guide.ts';

test('commands are read with their answers and what is kept of them', () => {
  const markdown = [
    '```sh\nexport A=1\n```',
    '```sh\ncurl x\n```',
    '```json\n{"id":"1"}\n```',
    'Keep `id` as `LEAD_ID`.',
    '```sh\ncurl y\n```',
    '```text\na\nb\n```',
  ].join('\n\n');
  expect(readExamples(markdown)).toEqual([
    {
      line: 5,
      command: 'curl x',
      answer: { kind: 'json', value: { id: '1' } },
      keep: [{ path: 'id', as: 'LEAD_ID' }],
    },
    { line: 15, command: 'curl y', answer: { kind: 'text', lines: ['a', 'b'] }, keep: [] },
  ]);
  expect(() => readExamples('```sh\ncurl x\n```')).toThrow('no answer');
});

test('a path leads to a value, or nowhere', () => {
  expect(valueAt({ items: [{ id: 7 }] }, 'items[0].id')).toBe(7);
  expect(valueAt({ items: [] }, 'items[0].id')).toBeUndefined();
});

test.each([
  [{ id: 'a' }, { id: 'b' }, []],
  [{ id: 'a', '…': '…' }, { id: 'b', more: 1 }, []],
  [{ id: 'a' }, { id: 'b', more: 1 }, ['.more is not told']],
  [{ id: 'a', more: 1 }, { id: 'b' }, ['.more is missing']],
  [{ id: null }, { id: 'b' }, ['.id is string, not null']],
  [{ code: 'A' }, { code: 'B' }, ['.code is "B", not "A"']],
  [{ count: 1 }, { count: 2 }, ['.count is 2, not 1']],
  [[{ kind: 'b' }], [{ kind: 'a' }, { kind: 'b' }], []],
  [[{ kind: 'c' }], [{ kind: 'a' }], ['[].kind is "a", not "c"']],
  [[1], [], ['the answer is empty']],
  [{ tags: ['a'] }, { tags: null }, ['.tags is no list']],
])('%o beside %o: %o', (shown, actual, faults) => {
  expect(unlike(shown, actual)).toEqual(faults);
});
