import { describe, expect, test } from 'vitest';
import { UsageError, parseChaosOptions } from './options.ts';

const known = ['one', 'two', 'three'];

describe('the options', () => {
  test('ask for every attack at its full size by default', () => {
    expect(parseChaosOptions([], known)).toEqual({ json: false, names: known, seed: 1, scale: 'large' });
  });

  test('pick by name, in the order of the catalogue', () => {
    expect(parseChaosOptions(['--json', '--small', '--seed', '7', '--only', 'three, one'], known)).toEqual({
      json: true,
      names: ['one', 'three'],
      seed: 7,
      scale: 'small',
    });
  });

  test.each([
    [['--only', 'four']],
    [['--only', '']],
    [['--seed', 'x']],
    [['--seed', '-1']],
    [['--fast']],
    [['one']],
  ])('refuse %j', (args) => expect(() => parseChaosOptions(args, known)).toThrow(UsageError));
});
