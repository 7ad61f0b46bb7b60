import { describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../duration.ts';
import type { Step } from './definition.ts';
import { advance, restOf, start } from './engine.ts';
import { sampleJourney } from './sample-journey.ts';
import { play } from './testing/play.ts';
import type { Happening } from './testing/play.ts';
import { noonMs } from './testing/random-run.ts';

const text: Step = { id: 'text', kind: 'sms', body: 'Hello', next: 'listen' };
const listen: Step = {
  id: 'listen',
  kind: 'wait_for_reply',
  timeout: '1d',
  onReply: 'over',
  onTimeout: 'later',
};
const later: Step = { id: 'later', kind: 'wait', for: '2h', next: 'over' };

/** Journeys at each kind of rest, and at work. */
const states = {
  'at work': () => play([text, listen, later]),
  timer: () => play([later]),
  reply: () => play([listen, later]),
  call: () => play([{ id: 'call', kind: 'call', say: 'Hello', next: 'over' }]).touched(),
  retry: () =>
    play([{ id: 'call', kind: 'call', say: 'Hello', next: 'over' }])
      .touched()
      .give({ type: 'call-ended', touchKey: 'call:1:1', outcome: 'failed' }),
  defer: () =>
    play([{ ...text, next: 'over' }]).touched({
      outcome: 'deferred',
      code: 'QUIET_HOURS',
      untilMs: noonMs + hourMs,
    }),
  hold: () => play([{ ...text, next: 'over' }]).touched({ outcome: 'held', code: 'CAMPAIGN_PAUSED' }),
};

describe('at every rest, and at work', () => {
  test.each(Object.entries(states))('%s: is where the test thinks it is', (name, begin) => {
    expect(restOf(begin().state)?.kind ?? 'at work').toBe(name);
  });

  test.each(Object.entries(states))('%s: an opt-out ends the journey at once', (_name, begin) => {
    const journey = begin().give({ type: 'opted-out' });
    expect(journey.state).toMatchObject({
      status: 'removed',
      endReason: 'OPTED_OUT',
      command: { do: 'finish' },
    });
    expect(journey.news.map(({ kind, data }) => [kind, data])).toEqual([
      ['journey-removed', { reason: 'OPTED_OUT' }],
    ]);
  });

  test.each(Object.entries(states))('%s: a removal ends it with its reason', (_name, begin) => {
    const journey = begin().give({ type: 'removed', reason: 'asked to' });
    expect(journey.state).toMatchObject({ status: 'removed', endReason: 'asked to' });
  });

  test.each(Object.entries(states))(
    '%s: a disposition of a person is told, and ends it only when its rules say so',
    (_name, begin) => {
      const before = begin();
      const { command } = before;
      before.give({ type: 'disposition-set', disposition: 'interested', remove: false });
      expect(before.state).toMatchObject({ status: 'active', lastDisposition: 'interested' });
      expect(before.command).toBe(command);
      expect(before.news).toMatchObject([{ kind: 'disposition-applied', data: { setBy: 'manual' } }]);
      before.give({ type: 'disposition-set', disposition: 'not_interested', remove: true });
      expect(before.state).toMatchObject({ status: 'removed', endReason: 'disposition:not_interested' });
    },
  );

  test.each(Object.entries(states))('%s: a pause keeps what remains of a rest', (_name, begin) => {
    const journey = begin();
    const rest = restOf(journey.state);
    journey.give({ type: 'paused' }, minuteMs);
    expect(journey.state.pausedAtMs).toBe(journey.now());
    journey.give({ type: 'resumed' }, 5 * dayMs);
    expect(journey.state.pausedAtMs).toBeNull();
    expect(restOf(journey.state)).toEqual(rest && { ...rest, untilMs: rest.untilMs + 5 * dayMs });
    expect(journey.told.slice(-2)).toEqual(['paused', 'resumed']);
  });

  test.each(['timer', 'reply', 'retry', 'defer'] as const)('%s: can be moved to another time', (name) => {
    const journey = states[name]();
    const rest = restOf(journey.state);
    journey.give({ type: 'rescheduled', untilMs: noonMs + 3 * dayMs });
    expect(restOf(journey.state)).toEqual({ ...rest, untilMs: noonMs + 3 * dayMs });
    expect(journey.news).toMatchObject([{ kind: 'rescheduled', data: { untilMs: noonMs + 3 * dayMs } }]);
  });

  test.each(['at work', 'call', 'hold'] as const)('%s: has no time that could be moved', (name) => {
    const journey = states[name]();
    const before = journey.state;
    journey.give({ type: 'rescheduled', untilMs: noonMs + 3 * dayMs });
    expect(journey.state).toEqual(before);
    expect(journey.news).toEqual([]);
  });

  test.each(Object.entries(states))('%s: what means nothing here changes nothing', (name, begin) => {
    const stale: Happening[] = [
      { type: 'touch-ended', touchKey: 'text:99', result: { outcome: 'done' } },
      { type: 'call-ended', touchKey: 'call:99:1', outcome: 'answered' },
      { type: 'call-going-on', touchKey: 'call:99:1' },
      { type: 'disposition-applied', touchKey: 'x:1', disposition: 'busy', refused: null, remove: true },
      { type: 'stage-set', touchKey: 'x:1', refused: null },
      { type: 'lead-checked', matches: [true] },
      { type: 'resumed' },
      ...(name === 'hold' ? [] : [{ type: 'woken' } as const]),
      ...(name === 'at work' ? [{ type: 'rest-over' } as const, { type: 'step-skipped' } as const] : []),
    ];
    const journey = begin();
    const before = journey.state;
    for (const event of stale) {
      journey.give(event, minuteMs);
      expect(journey.state, event.type).toEqual(before);
      expect(journey.news, event.type).toEqual([]);
    }
  });
});

describe('a person skips', () => {
  test.each([
    ['timer', 'over'],
    ['reply', 'later'],
    ['call', 'over'],
    ['retry', 'over'],
    ['defer', 'over'],
    ['hold', 'over'],
  ] as const)('%s: goes on to %s', (name, stepId) => {
    const journey = states[name]().give({ type: 'step-skipped' });
    expect(journey.state.stepId).toBe(stepId);
    expect(journey.news[0]).toMatchObject({ kind: 'step-skipped' });
  });
});

describe('a paused journey', () => {
  test('hears a reply and goes on with it, but its next rest loses nothing to the pause before it', () => {
    const journey = play([{ ...listen, onReply: 'later' }, later]);
    journey.give({ type: 'paused' }, hourMs).give({ type: 'reply', intent: 'yes' }, hourMs);
    expect(restOf(journey.state)).toEqual({ kind: 'timer', untilMs: noonMs + 4 * hourMs });
    journey.give({ type: 'resumed' }, 30 * minuteMs);
    expect(restOf(journey.state)).toEqual({ kind: 'timer', untilMs: noonMs + 4.5 * hourMs });
  });

  test('is not paused twice', () => {
    const journey = play([later]).give({ type: 'paused' }).give({ type: 'paused' }, hourMs);
    journey.give({ type: 'resumed' }, hourMs);
    expect(restOf(journey.state)).toEqual({ kind: 'timer', untilMs: noonMs + 4 * hourMs });
    expect(journey.told.filter((kind) => kind === 'paused')).toHaveLength(1);
  });
});

describe('the loop guard', () => {
  test('stops a definition that goes round without a rest, before anything is asked for twice', () => {
    const journey = play([{ id: 'stage', kind: 'set_stage', stage: 'New', next: 'stage' }]);
    for (let turns = 0; turns < 5; turns += 1) {
      const { command } = journey;
      if (command.do === 'set-stage')
        journey.give({ type: 'stage-set', touchKey: command.touchKey, refused: null });
    }
    expect(journey.state).toMatchObject({ status: 'failed', endReason: 'LOOP_WITHOUT_WAIT' });
  });

  test('lets a chain of any length pass', () => {
    const chain = Array.from({ length: 500 }, (_, index): Step => {
      const next = index === 499 ? 'over' : `branch-${index + 1}`;
      return { id: `branch-${index}`, kind: 'branch', cases: [], otherwise: next };
    });
    expect(play(chain).state).toMatchObject({ status: 'completed', endReason: 'over' });
  });

  test('takes a lead who answers every question at once for no loop', () => {
    const journey = play([
      { id: 'stage', kind: 'set_stage', stage: 'New', next: 'hear' },
      { id: 'hear', kind: 'wait_for_reply', timeout: '1d', onReply: 'stage', onTimeout: 'over' },
    ]);
    for (let turn = 0; turn < 20; turn += 1) {
      const { command } = journey;
      expect(command.do).toBe('set-stage');
      journey.give({ type: 'reply', intent: 'other' });
      journey.give({
        type: 'stage-set',
        touchKey: 'touchKey' in command ? command.touchKey : '',
        refused: null,
      });
    }
    expect(journey.state.status).toBe('active');
  });
});

test('the sample journey can be played to each of its ends', () => {
  const facts = { timeZones: ['America/New_York'] };
  let turn = start(sampleJourney, facts, noonMs);
  expect(turn.state.command).toEqual({ do: 'send-text', stepId: 'first-text', touchKey: 'first-text:1' });
  turn = advance(sampleJourney, facts, turn.state, {
    type: 'touch-ended',
    touchKey: 'first-text:1',
    result: { outcome: 'done' },
    atMs: noonMs,
  });
  for (const [intent, disposition] of [
    ['yes', 'interested'],
    ['no', 'not_interested'],
    ['wrong_number', 'wrong_number'],
    ['question', 'callback_requested'],
  ] as const) {
    const answered = advance(sampleJourney, facts, turn.state, { type: 'reply', intent, atMs: noonMs + 1 });
    expect(answered.state.command).toMatchObject({ do: 'apply-disposition', disposition });
  }
});
