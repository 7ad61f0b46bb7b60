import { describe, expect, test } from 'vitest';
import { callOutcomes } from '../../carrier-status.ts';
import { hourMs, minuteMs } from '../../duration.ts';
import type { CallStep, Step } from '../definition.ts';
import { restOf } from '../engine.ts';
import { noonMs } from '../testing/random-run.ts';
import { play } from '../testing/play.ts';

const end = (id: string): Step => ({ id, kind: 'end', reason: `reason of ${id}` });

describe('call', () => {
  const step: CallStep = {
    id: 'call',
    kind: 'call',
    say: 'Hello',
    maxAttempts: 2,
    retryAfter: '1h',
    on: { answered: 'spoken', failed: 'broken' },
    next: 'nobody',
    onRefused: 'refused',
  };
  const begin = (changes: Partial<CallStep> = {}) =>
    play([{ ...step, ...changes }, ...['spoken', 'broken', 'nobody', 'refused'].map(end)]);
  const ended = (attempt: number, outcome: (typeof callOutcomes)[number]) =>
    ({ type: 'call-ended', touchKey: `call:1:${attempt}`, outcome }) as const;
  const applied = (attempt: number, disposition: string, changes: object = {}) =>
    ({
      type: 'disposition-applied',
      touchKey: `call:1:${attempt}`,
      disposition,
      refused: null,
      remove: false,
      ...changes,
    }) as const;

  test('places the call, waits for its end, applies what came of it, goes on by outcome', () => {
    const journey = begin();
    expect(journey.command).toEqual({ do: 'place-call', stepId: 'call', touchKey: 'call:1:1', attempt: 1 });
    journey.touched();
    expect(restOf(journey.state)).toEqual({
      kind: 'call',
      touchKey: 'call:1:1',
      untilMs: noonMs + 10 * minuteMs,
    });
    journey.give(ended(1, 'answered'), minuteMs);
    expect(journey.command).toEqual({
      do: 'apply-disposition',
      disposition: 'answered',
      touchKey: 'call:1:1',
    });
    journey.give(applied(1, 'answered'));
    expect(journey.state).toMatchObject({ endReason: 'reason of spoken', lastDisposition: 'answered' });
    expect(journey.state.attempts).toEqual({ call: 1 });
  });

  test('tries again after the spacing, up to its attempts, each under a key of its own', () => {
    const journey = begin().touched().give(ended(1, 'busy')).give(applied(1, 'busy'));
    expect(restOf(journey.state)).toEqual({ kind: 'retry', untilMs: noonMs + hourMs });
    expect(journey.rested().command).toMatchObject({ touchKey: 'call:1:2', attempt: 2 });
    journey.touched().give(ended(2, 'no_answer')).give(applied(2, 'no_answer'));
    expect(journey.state).toMatchObject({ endReason: 'reason of nobody', attempts: { call: 2 } });
  });

  test('has three attempts, four hours apart, for busy, no answer and failed, when nothing is said', () => {
    for (const outcome of callOutcomes) {
      const journey = begin({ maxAttempts: undefined, retryAfter: undefined })
        .touched()
        .give(ended(1, outcome));
      if (outcome !== 'failed') journey.give(applied(1, outcome));
      const again = ['busy', 'no_answer', 'failed'].includes(outcome);
      expect(restOf(journey.state)).toEqual(again ? { kind: 'retry', untilMs: noonMs + 4 * hourMs } : null);
    }
    const journey = begin({ maxAttempts: undefined });
    for (let attempt = 1; attempt <= 3; attempt += 1)
      journey.touched().give(ended(attempt, 'failed')).rested();
    expect(journey.state).toMatchObject({ endReason: 'reason of broken', attempts: { call: 3 } });
  });

  test('records nothing about the lead after a call that met nobody', () => {
    const journey = begin({ maxAttempts: 1 }).touched().give(ended(1, 'failed'));
    expect(journey.state.endReason).toBe('reason of broken');
    expect(journey.told).not.toContain('disposition-applied');
  });

  test('asks the carrier when its word does not come, again and again while the call goes on', () => {
    const journey = begin().touched().rested();
    expect(journey.command).toEqual({ do: 'ask-carrier', touchKey: 'call:1:1' });
    journey.give({ type: 'call-going-on', touchKey: 'call:1:1' });
    expect(restOf(journey.state)).toMatchObject({ kind: 'call', untilMs: journey.now() + 10 * minuteMs });
    journey.rested().give(ended(1, 'answered'));
    expect(journey.command.do).toBe('apply-disposition');
  });

  test('goes on although the disposition was refused, and ends when it removes the lead', () => {
    const refused = applied(1, 'answered', { refused: 'PIPELINE_STAGE_NOT_FOUND' });
    const journey = begin().touched().give(ended(1, 'answered')).give(refused);
    expect(journey.state).toMatchObject({ endReason: 'reason of spoken', lastDisposition: null });
    expect(journey.told).toContain('disposition-refused');
    const removed = begin()
      .touched()
      .give(ended(1, 'answered'))
      .give(applied(1, 'answered', { remove: true }));
    expect(removed.state).toMatchObject({ status: 'removed', endReason: 'disposition:answered' });
  });

  test.each([
    [{ outcome: 'refused', code: 'CALLER_ID_MISSING' }, 'reason of refused'],
    [{ outcome: 'failed', errorCode: '21211' }, 'reason of broken'],
    [{ outcome: 'unknown' }, 'reason of broken'],
  ] as const)('not placed, %o: goes on', (result, reason) => {
    const journey = begin().touched(result);
    expect(journey.state).toMatchObject({ endReason: reason, attempts: {} });
  });

  test('a call that is put off stays the same attempt', () => {
    const journey = begin().touched({ outcome: 'held', code: 'CALLER_ID_MISSING' }).give({ type: 'woken' });
    expect(journey.command).toEqual({ do: 'place-call', stepId: 'call', touchKey: 'call:1:1', attempt: 1 });
  });
});
