import { describe, expect, test } from 'vitest';
import { UsageError, parseBenchOptions } from './options.ts';

const known = ['one', 'two', 'three'] as const;

describe('the options', () => {
  test('ask for everything by default, as a table', () => {
    expect(parseBenchOptions([], known)).toEqual({ json: false, names: ['one', 'two', 'three'] });
  });

  test('pick by name, in the order of the catalogue', () => {
    expect(parseBenchOptions(['--json', '--only', 'three, one'], known)).toEqual({
      json: true,
      names: ['one', 'three'],
    });
  });

  test.each([[['--only', 'four']], [['--only', '']], [['--fast']], [['one']], [['--only']]])(
    'refuse %j',
    (args) => expect(() => parseBenchOptions(args, known)).toThrow(UsageError),
  );

  test('name what they know when they refuse a name', () => {
    expect(() => parseBenchOptions(['--only', 'four'], known)).toThrow(
      '--only: "four" is not one of one, two, three',
    );
  });
});
