import { expect, test } from 'vitest';
import { refusals } from '#domain/compliance/refusals.ts';
import type { Journey } from '../data/types.ts';
import { describeEnd, describeWaiting, waitingKinds } from './waiting.ts';

const journey: Journey = {
  id: 'j',
  lead: {
    id: 'l',
    name: 'James Butt',
    phone: '+15046218927',
    phoneFormatted: '(504) 621-8927',
    timeZones: [],
  },
  campaign: { id: 'c', name: 'Welcome' },
  launchId: 'a',
  versionId: 'v',
  status: 'active',
  endReason: null,
  stepId: 'listen',
  stepKind: 'wait_for_reply',
  waitingFor: 'reply',
  waitingUntil: '2026-11-24T16:05:00.000Z',
  waitingCode: null,
  waitingMessage: null,
  lastDisposition: null,
  workflowId: 'w',
  temporalUrl: null,
  createdAt: '2026-11-21T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:00.000Z',
  endedAt: null,
};

test.each([...waitingKinds, null])('every rest can be told: %s', (waitingFor) => {
  expect(describeWaiting({ ...journey, waitingFor })?.lead).toMatch(/\w/);
});

test('a defer and a hold say why, in the gate’s own words', () => {
  for (const waitingFor of ['defer', 'hold'] as const) {
    const told = describeWaiting({
      ...journey,
      waitingFor,
      waitingCode: 'QUIET_HOURS',
      waitingMessage: refusals.QUIET_HOURS.message,
    });
    expect(told?.lead).toBe(refusals.QUIET_HOURS.message);
  }
});

test('a paused journey has no time to tell: its wait stands still', () => {
  expect(describeWaiting({ ...journey, status: 'paused' })?.timeWord).toBeNull();
});

test('an ended journey waits for nothing and says how it ended', () => {
  const ended = {
    ...journey,
    status: 'removed' as const,
    endedAt: '2026-11-22T09:00:00.000Z',
    waitingFor: null,
  };
  expect(describeWaiting(ended)).toBeNull();
  expect(describeEnd({ ...ended, endReason: 'OPTED_OUT' })).toBe(refusals.OPTED_OUT.message);
  expect(describeEnd({ ...ended, endReason: 'disposition:wrong_number' })).toContain('Wrong number');
  expect(describeEnd({ ...ended, endReason: 'Spoke to Mrs Lee' })).toBe('Spoke to Mrs Lee');
  expect(describeEnd({ ...ended, endReason: null })).toBe('Removed');
});
