import { describe, expect, test } from 'vitest';
import { sampleJourney } from '#domain/journey/sample-journey.ts';
import { validateDefinition } from '#domain/journey/validate.ts';
import { hurried, textsAndWaits } from './definitions.ts';

describe('a journey of texts and waits', () => {
  test.each([1, 2, 12])('of %d texts is valid and has as many of each', (count) => {
    const definition = textsAndWaits(count);
    expect(validateDefinition(definition)).toEqual([]);
    const kinds = definition.steps.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'sms')).toHaveLength(count);
    expect(kinds.filter((kind) => kind === 'wait')).toHaveLength(count);
  });

  test('grows by the same number of bytes with every text', () => {
    const bytes = [2, 3, 4, 12].map((count) => JSON.stringify(textsAndWaits(count)).length);
    expect(bytes[2]! - bytes[1]!).toBe(bytes[1]! - bytes[0]!);
    expect((bytes[3]! - bytes[0]!) / 10).toBe(bytes[1]! - bytes[0]!);
  });
});

test('a hurried journey has the same steps in the same order, and no long wait', () => {
  const journey = hurried(sampleJourney);
  expect(validateDefinition(journey)).toEqual([]);
  const shape = ({ steps }: typeof journey) => steps.map(({ id, kind }) => ({ id, kind }));
  expect(shape(journey)).toEqual(shape(sampleJourney));
  expect(JSON.stringify(journey)).not.toMatch(/"\d+[hd]"|"until"/);
});
