import { describe, expect, test } from 'vitest';
import { refusalCodes, refusalEffect } from '../../compliance/refusals.ts';
import { dayMs, hourMs } from '../../duration.ts';
import type { SmsStep, Step } from '../definition.ts';
import { restOf } from '../engine.ts';
import { noonMs } from '../testing/random-run.ts';
import { play } from '../testing/play.ts';

const end = (id: string): Step => ({ id, kind: 'end', reason: `reason of ${id}` });

describe('sms', () => {
  const step: SmsStep = { id: 'text', kind: 'sms', body: 'Hello', next: 'sent', onRefused: 'refused' };
  const begin = (changes: Partial<SmsStep> = {}) =>
    play([{ ...step, ...changes }, end('sent'), end('refused')]);

  test('asks for one text and goes on when it is sent', () => {
    const journey = begin();
    expect(journey.command).toEqual({ do: 'send-text', stepId: 'text', touchKey: 'text:1' });
    expect(journey.touched().state).toMatchObject({ status: 'completed', endReason: 'reason of sent' });
    expect(journey.told).toEqual(['journey-started', 'text-sent', 'journey-completed']);
  });

  test.each(refusalCodes)('refused for %s: the journey does what the code says', (code) => {
    const journey = begin().touched({ outcome: 'refused', code });
    expect(journey.state).toMatchObject(
      refusalEffect(code) === 'end'
        ? { status: 'removed', endReason: code }
        : { status: 'completed', endReason: 'reason of refused' },
    );
    expect(journey.told[1]).toBe('text-refused');
  });

  test('without onRefused a refusal goes to next', () => {
    const journey = begin({ onRefused: undefined }).touched({ outcome: 'refused', code: 'RECENT_SMS' });
    expect(journey.state.endReason).toBe('reason of sent');
  });

  test.each([
    [{ outcome: 'failed', errorCode: '21614' }, 'text-failed'],
    [{ outcome: 'unknown' }, 'text-unknown'],
  ] as const)('%o goes on and is told', (result, kind) => {
    const journey = begin().touched(result);
    expect(journey.state.endReason).toBe('reason of refused');
    expect(journey.told[1]).toBe(kind);
  });

  test('put off by the gate, it asks again at the time, under the same key', () => {
    const untilMs = noonMs + 9 * hourMs;
    const journey = begin().touched({ outcome: 'deferred', code: 'QUIET_HOURS', untilMs });
    expect(restOf(journey.state)).toEqual({ kind: 'defer', untilMs, code: 'QUIET_HOURS' });
    expect(journey.rested().command).toEqual({ do: 'send-text', stepId: 'text', touchKey: 'text:1' });
    expect(journey.now()).toBe(untilMs);
  });

  test('a time to wait for that is past is a second away, so that nothing runs hot', () => {
    const journey = begin().touched({ outcome: 'deferred', code: 'CAP_REACHED', untilMs: noonMs - dayMs });
    expect(restOf(journey.state)).toMatchObject({ untilMs: noonMs + 1000 });
  });

  test('held by the gate, it asks again when woken, and after six hours in any case', () => {
    const held = () => begin().touched({ outcome: 'held', code: 'SENDING_STOPPED' });
    expect(restOf(held().state)).toEqual({
      kind: 'hold',
      untilMs: noonMs + 6 * hourMs,
      code: 'SENDING_STOPPED',
    });
    expect(held().give({ type: 'woken' }).command).toMatchObject({ touchKey: 'text:1' });
    expect(held().rested().command).toMatchObject({ touchKey: 'text:1' });
  });

  test('a reply from before the text answers something else', () => {
    const journey = play([{ ...step, next: 'listen' }, hear, end('sent'), end('refused')]);
    journey.give({ type: 'reply', intent: 'yes' }).touched();
    expect(restOf(journey.state)?.kind).toBe('reply');
  });
});

const hear: Step = {
  id: 'listen',
  kind: 'wait_for_reply',
  timeout: '1d',
  onReply: 'sent',
  onTimeout: 'refused',
};

describe('wait_for_reply', () => {
  const begin = () => play([hear, end('sent'), end('refused')]);

  test('takes the reply', () => {
    const journey = begin().give({ type: 'reply', intent: 'question' }, hourMs);
    expect(journey.state).toMatchObject({
      endReason: 'reason of sent',
      lastReply: 'question',
      replyPending: false,
    });
  });

  test('gives up after its time', () => {
    const journey = begin().rested();
    expect(journey.now()).toBe(noonMs + dayMs);
    expect(journey.state.endReason).toBe('reason of refused');
    expect(journey.told).toContain('no-reply');
  });

  test('takes a reply that came while the journey was at something else', () => {
    const stage: Step = { id: 'stage', kind: 'set_stage', stage: 'New', next: 'listen' };
    const journey = play([stage, hear, end('sent'), end('refused')]);
    journey
      .give({ type: 'reply', intent: 'no' })
      .give({ type: 'stage-set', touchKey: 'stage:1', refused: null });
    expect(journey.state).toMatchObject({ endReason: 'reason of sent', lastReply: 'no' });
  });
});

describe('wait', () => {
  const wait = (step: object, timeZones = ['America/New_York']) =>
    restOf(play([{ id: 'wait', kind: 'wait', next: 'over', ...step } as Step], { timeZones }).state)!.untilMs;
  const at = (text: string) => Date.parse(text);

  test.each([
    ['a duration', { for: '1d12h' }, ['America/New_York'], '2026-11-22T00:00Z'],
    ['a time later today', { until: { time: '09:30' } }, ['America/New_York'], '2026-11-20T14:30Z'],
    [
      'a time that is past: tomorrow',
      { until: { time: '06:00' } },
      ['America/New_York'],
      '2026-11-21T11:00Z',
    ],
    ['this very minute: tomorrow', { until: { time: '07:00' } }, ['America/New_York'], '2026-11-21T12:00Z'],
    ['days ahead', { until: { time: '10:00', days: 1 } }, ['America/New_York'], '2026-11-21T15:00Z'],
    [
      'two zones: the later',
      { until: { time: '09:30' } },
      ['America/New_York', 'America/Denver'],
      '2026-11-20T16:30Z',
    ],
    ['no zone: UTC', { until: { time: '13:00' } }, [], '2026-11-20T13:00Z'],
  ])('%s', (_name, step, zones, until) => {
    expect(new Date(wait(step, zones)).toISOString()).toBe(new Date(at(until)).toISOString());
  });

  test('goes on when it is over, and not for a reply', () => {
    const journey = play([{ id: 'wait', kind: 'wait', for: '2h', next: 'over' }]);
    journey.give({ type: 'reply', intent: 'yes' }, hourMs);
    expect(restOf(journey.state)).toEqual({ kind: 'timer', untilMs: noonMs + 2 * hourMs });
    expect(journey.rested().state.endReason).toBe('over');
  });
});

describe('branch', () => {
  const begin = (cases: Extract<Step, { kind: 'branch' }>['cases']) =>
    play([{ id: 'branch', kind: 'branch', cases, otherwise: 'else' }, ...['a', 'b', 'else'].map(end)]);

  test('takes the first case that holds, without asking for what the journey knows itself', () => {
    const journey = begin([
      { when: { fact: 'last_reply', is: 'equals', value: 'yes' }, next: 'a' },
      { when: { fact: 'last_disposition', is: 'not_equals', value: 'busy' }, next: 'b' },
    ]);
    expect(journey.state.endReason).toBe('reason of b');
    expect(journey.told).toContain('branch-taken');
  });

  test('goes otherwise when nothing holds', () => {
    expect(begin([]).state.endReason).toBe('reason of else');
  });

  test('has the lead looked at, and keeps its answers in the order of the cases', () => {
    const cases = [
      { when: { fact: 'lead', field: 'state', is: 'equals', value: 'NY' }, next: 'a' },
      { when: { fact: 'last_reply', is: 'equals', value: 'yes' }, next: 'else' },
      { when: { fact: 'lead', field: 'score', is: 'greater_than', value: 5 }, next: 'b' },
    ] as const;
    const journey = begin([...cases]);
    expect(journey.command).toEqual({
      do: 'check-lead',
      stepId: 'branch',
      conditions: [cases[0].when, cases[2].when],
    });
    expect(journey.give({ type: 'lead-checked', matches: [false, true] }).state.endReason).toBe(
      'reason of b',
    );
    expect(begin([...cases]).give({ type: 'lead-checked', matches: [] }).state.endReason).toBe(
      'reason of else',
    );
  });

  test('counts the calls placed at a step over the whole journey, whatever the step is called', () => {
    const journey = play([
      { id: 'constructor', kind: 'call', say: 'Hello', maxAttempts: 1, next: 'many' },
      {
        id: 'many',
        kind: 'branch',
        cases: [{ when: { fact: 'attempts', step: 'constructor', is: 'equals', value: 1 }, next: 'a' }],
        otherwise: 'b',
      },
      end('a'),
      end('b'),
    ]);
    journey.touched().give({ type: 'call-ended', touchKey: 'constructor:1:1', outcome: 'failed' });
    expect(journey.state.endReason).toBe('reason of a');
    const none = begin([{ when: { fact: 'attempts', step: 'toString', is: 'equals', value: 0 }, next: 'a' }]);
    expect(none.state.endReason).toBe('reason of a');
  });
});

describe('the steps that write something down', () => {
  test('set_stage asks for it under a key and goes on, also when there is no such stage', () => {
    const begin = () =>
      play([{ id: 'stage', kind: 'set_stage', stage: 'Won', autoCreate: true, next: 'over' }]);
    expect(begin().command).toEqual({ do: 'set-stage', stage: 'Won', autoCreate: true, touchKey: 'stage:1' });
    for (const [refused, kind] of [
      [null, 'stage-set'],
      ['PIPELINE_STAGE_NOT_FOUND', 'stage-refused'],
    ] as const) {
      const journey = begin().give({ type: 'stage-set', touchKey: 'stage:1', refused });
      expect(journey.told).toEqual(['journey-started', kind, 'journey-completed']);
    }
  });

  test('disposition applies it, goes on, and ends the journey when its rules remove the lead', () => {
    const step: Step = { id: 'mark', kind: 'disposition', disposition: 'interested', next: 'over' };
    const result = { type: 'disposition-applied', touchKey: 'mark:1', disposition: 'interested' } as const;
    expect(play([step]).command).toEqual({
      do: 'apply-disposition',
      disposition: 'interested',
      touchKey: 'mark:1',
    });
    const journey = play([step]).give({ ...result, refused: null, remove: false });
    expect(journey.state).toMatchObject({ status: 'completed', lastDisposition: 'interested' });
    const removed = play([step]).give({ ...result, refused: null, remove: true });
    expect(removed.state).toMatchObject({ status: 'removed', endReason: 'disposition:interested' });
  });

  test('end names its reason, or itself', () => {
    expect(play([end('done')]).state).toMatchObject({ status: 'completed', endReason: 'reason of done' });
    expect(play([{ id: 'done', kind: 'end' }]).state.endReason).toBe('done');
  });
});
