import { describe, expect, test } from 'vitest';
import { touchedKeys } from './live.ts';

const nothing = { leadId: null, journeyId: null, launchId: null, data: {} };

describe('a change touches what shows it and no more', () => {
  test.each([
    [
      { ...nothing, type: 'journey.updated', journeyId: 'j', leadId: 'l', launchId: 'a' },
      ['stats', 'journey/list', 'journey/j', 'lead/l', 'launch/list', 'launch/a', 'board'],
    ],
    [{ ...nothing, type: 'launch.updated', launchId: 'a' }, ['stats', 'launch/list', 'launch/a']],
    [{ ...nothing, type: 'lead.created', leadId: 'l' }, ['stats', 'lead/list', 'lead/l', 'board']],
    [{ ...nothing, type: 'pipeline.updated' }, ['stats', 'pipelines', 'board']],
    [{ ...nothing, type: 'campaign.paused' }, ['stats', 'campaign/list', 'campaign']],
    [
      { ...nothing, type: 'message.received', journeyId: 'j', leadId: 'l' },
      ['stats', 'journey/list', 'journey/j', 'lead/l'],
    ],
    [
      { ...nothing, type: 'import.updated', data: { importId: 'i', rows: 5 } },
      ['stats', 'import/list', 'import/i'],
    ],
    [{ ...nothing, type: 'something.new' }, ['stats']],
  ])('%o', (change, keys) => {
    expect(touchedKeys(change).toSorted()).toEqual(keys.toSorted());
  });
});
