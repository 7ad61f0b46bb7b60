import { hourMs, minuteMs } from '#domain/duration.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';

/** Six texts with every kind of wait between them; each text's body is its step's id. */
export const sixTexts: JourneyDefinition = {
  start: 'text-1',
  steps: [
    { id: 'text-1', kind: 'sms', body: 'text-1', next: 'wait-1' },
    { id: 'wait-1', kind: 'wait', for: '47m', next: 'text-2' },
    { id: 'text-2', kind: 'sms', body: 'text-2', next: 'wait-2' },
    { id: 'wait-2', kind: 'wait', for: '95m', next: 'text-3' },
    { id: 'text-3', kind: 'sms', body: 'text-3', next: 'hear' },
    { id: 'hear', kind: 'wait_for_reply', timeout: '60m', onReply: 'text-4', onTimeout: 'text-4' },
    { id: 'text-4', kind: 'sms', body: 'text-4', next: 'morning' },
    { id: 'morning', kind: 'wait', until: { time: '09:00' }, next: 'text-5' },
    { id: 'text-5', kind: 'sms', body: 'text-5', next: 'wait-5' },
    { id: 'wait-5', kind: 'wait', for: '30m', next: 'text-6' },
    { id: 'text-6', kind: 'sms', body: 'text-6', next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

/** What lies before each text but the first: a length, or a time of day in milliseconds after midnight. */
export const waitsBefore: Record<string, { forMs: number } | { atLocalMs: number }> = {
  'text-2': { forMs: 47 * minuteMs },
  'text-3': { forMs: 95 * minuteMs },
  'text-4': { forMs: 60 * minuteMs },
  'text-5': { atLocalMs: 9 * hourMs },
  'text-6': { forMs: 30 * minuteMs },
};

export const textIds = ['text-1', ...Object.keys(waitsBefore)];

/** When the texts go out that nothing holds, counted from a start at noon. */
export const undisturbedMs = [0, 47, 142, 202, 21 * 60, 21 * 60 + 30].map((minutes) => minutes * minuteMs);
