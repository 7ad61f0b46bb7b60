import { describe, expect, test } from 'vitest';
import { refusalCodes } from '#domain/compliance/refusals.ts';
import type { TimelineCall, TimelineLine, TimelineMessage } from '#db/queries/timeline.ts';
import { toTimeline } from './timeline.ts';
import { describeLine } from './words.ts';

const at = (second: number) => new Date(Date.UTC(2030, 0, 1, 10, 0, second)).toISOString();

const line = (second: number, kind: string, data: TimelineLine['data'] = {}): TimelineLine => ({
  at: at(second),
  kind,
  stepId: 'step',
  data,
});
const text = (second: number, more: Partial<TimelineMessage> = {}): TimelineMessage => ({
  at: at(second),
  touchKey: null,
  refusalCode: null,
  id: `text-${second}`,
  direction: 'outbound',
  body: `Text of ${second}`,
  state: 'sent',
  carrierStatus: null,
  errorCode: null,
  ...more,
});
const call = (second: number, more: Partial<TimelineCall> = {}): TimelineCall => ({
  at: at(second),
  touchKey: 'ring:2:1',
  refusalCode: null,
  id: `call-${second}`,
  state: 'sent',
  outcome: null,
  answeredBy: null,
  durationSeconds: null,
  carrierStatus: null,
  ...more,
});
const shown = (rows: Partial<Parameters<typeof toTimeline>[0]>) =>
  toTimeline({ lines: [], messages: [], calls: [], ...rows }).map(({ title, message, call: about }) => [
    title,
    message?.id ?? about?.id,
  ]);

test('a call is shown where it was placed and where it ended', () => {
  const lines = [
    line(1, 'call-placed', { touchKey: 'ring:2:1', attempt: 1 }),
    line(9, 'call-ended', { touchKey: 'ring:2:1', outcome: 'no_answer' }),
    line(20, 'call-placed', { touchKey: 'ring:2:2', attempt: 2 }),
  ];
  const calls = [call(1), call(20, { touchKey: 'ring:2:2', id: 'second' })];
  expect(shown({ lines, calls })).toEqual([
    ['Call placed', 'call-1'],
    ['Call ended', 'call-1'],
    ['Call placed', 'second'],
  ]);
});

test('each reply goes to the line that took it, and one that nobody has taken stands for itself', () => {
  const inbound = { direction: 'inbound' as const, state: 'received' as const };
  const lines = [
    line(10, 'reply-received', { intent: 'question' }),
    line(20, 'reply-received', { intent: 'yes' }),
  ];
  expect(shown({ lines, messages: [text(9, inbound), text(19, inbound), text(30, inbound)] })).toEqual([
    ['Reply received', 'text-9'],
    ['Reply received', 'text-19'],
    ['Text received', 'text-30'],
  ]);
  expect(shown({ lines: [lines[0]!], messages: [text(15, inbound)] })).toEqual([
    ['Reply received', undefined],
    ['Text received', 'text-15'],
  ]);
});

test('touches that the journey has not told of yet go in at their instant, by their state', () => {
  const lines = [line(1, 'journey-started'), line(30, 'waiting')];
  expect(
    shown({
      lines,
      messages: [
        text(40, { touchKey: 'a:1', state: 'reserved' }),
        text(5, { touchKey: 'b:1', state: 'refused', refusalCode: 'RECENT_SMS' }),
      ],
      calls: [call(20, { state: 'sending' }), call(50, { touchKey: 'x:1:1', state: 'unknown' })],
    }),
  ).toEqual([
    ['Journey started', undefined],
    ['Text not sent', 'text-5'],
    ['Call is being placed', 'call-20'],
    ['Waiting', undefined],
    ['Text is being sent', 'text-40'],
    ['Call: nobody can say whether it was placed', 'call-50'],
  ]);
});

test('the journey’s own lines keep their order, whatever their instants', () => {
  expect(shown({ lines: [line(5, 'paused'), line(4, 'resumed')] }).map(([title]) => title)).toEqual([
    'Paused',
    'Resumed',
  ]);
});

describe('a line in words', () => {
  test.each([
    ['text-refused', { code: 'RECENT_SMS' }, 'Text not sent', 'The number was texted a short while ago.'],
    ['call-ended', { outcome: 'no_answer' }, 'Call ended', 'No answer'],
    ['call-placed', { attempt: 2 }, 'Call placed', 'Attempt 2'],
    ['text-failed', { errorCode: '30007' }, 'Text failed', 'Carrier error 30007'],
    ['disposition-applied', { disposition: 'not_interested' }, 'Disposition applied', 'Not interested'],
    ['disposition-refused', { disposition: 'x', code: 'Y' }, 'Disposition not applied', 'X: Y'],
    [
      'journey-removed',
      { reason: 'LAUNCH_CANCELLED' },
      'Removed from the journey',
      'The launch was cancelled.',
    ],
    [
      'journey-removed',
      { reason: 'disposition:wrong_number' },
      'Removed from the journey',
      'Disposition: Wrong number',
    ],
    ['journey-removed', { reason: 'moved abroad' }, 'Removed from the journey', 'moved abroad'],
    ['journey-completed', { reason: null }, 'Journey completed', null],
    ['branch-taken', { case: 0 }, 'Branch taken', 'Case 1'],
    ['branch-taken', { case: 'otherwise' }, 'Branch taken', 'None of the cases'],
    ['stage-set', { stage: 'Won' }, 'Stage set', 'Won'],
    ['something-new', {}, 'Something new', null],
  ])('%s %j', (kind, data, title, detail) => {
    expect(describeLine(kind, data as Record<string, string>)).toEqual({ title, detail });
  });

  test('every refusal has a sentence', () => {
    for (const code of refusalCodes) expect(describeLine('text-refused', { code }).detail).toMatch(/\.$/);
  });
});
