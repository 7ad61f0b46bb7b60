import { describe, expect, it } from 'vitest';
import { type JudgedFacts, type JudgingRules, countViolations, findViolations } from './violations.ts';

const noon = Date.parse('2026-03-02T12:00:00Z');
const minute = 60_000;
const hour = 60 * minute;
const at = (hours: number) => new Date(noon + hours * hour);

const rules: JudgingRules = {
  recentSmsWindowMs: 24 * hour,
  recentReplyWindowMs: 4 * hour,
  minimumCallSpacingMs: 2 * hour,
  isOpen: (instant) => instant.getUTCHours() >= 8 && instant.getUTCHours() < 21,
  isOptOutConfirmation: (body) => body === 'You are unsubscribed.',
  isOptIn: (body) => body === 'START',
  toleranceMs: minute,
};

const text = (sid: string, hours: number, body = `text ${sid}`, to = '+1') => ({
  sid,
  to,
  body,
  createdAt: at(hours),
});
const call = (sid: string, hours: number, to = '+1') => ({ sid, to, createdAt: at(hours) });
const reply = (sid: string, hours: number | null, body = 'Yes', from = '+1') => ({
  sid,
  from,
  body,
  optOut: body === 'STOP',
  deliveredAt: hours === null ? null : at(hours),
});

/** The kinds and sids that a ledger of these entries is found guilty of. */
function judged(facts: Partial<JudgedFacts>): string[] {
  const all = { texts: [], calls: [], replies: [], refusals: [], ...facts };
  return findViolations(all, rules).map(({ kind, sid }) => `${kind} ${sid}`);
}

describe('duplicateSms', () => {
  it.each([
    ['within 24 hours', [text('a', 0), text('b', 5)], ['duplicateSms b']],
    ['each of three', [text('a', 0), text('b', 2), text('c', 4)], ['duplicateSms b', 'duplicateSms c']],
    ['whatever the order in the ledger', [text('b', 5), text('a', 0)], ['duplicateSms b']],
    ['the same body weeks later', [text('a', 0, 'Hi'), text('b', 500, 'Hi')], ['duplicateSms b']],
    ['the same body at once, counted once', [text('a', 0, 'Hi'), text('b', 0, 'Hi')], ['duplicateSms b']],
    ['just short of a day', [text('a', 0), text('b', 24 - 2 / 60)], ['duplicateSms b']],
    ['a day apart', [text('a', 0), text('b', 24)], []],
    ['a day apart, less the tolerance', [text('a', 0), text('b', 24 - 1 / 60)], []],
    ['two phones', [text('a', 0, 'Hi', '+1'), text('b', 0, 'Hi', '+2')], []],
    ['a confirmation', [text('a', 0), text('b', 1, 'You are unsubscribed.')], []],
  ])('%s', (_name, texts, guilty) => expect(judged({ texts })).toEqual(guilty));
});

describe('duplicateCalls', () => {
  it.each([
    ['sooner than the spacing', [call('a', 0), call('b', 1)], ['duplicateCalls b']],
    ['at the spacing', [call('a', 0), call('b', 2)], []],
    ['to two phones', [call('a', 0, '+1'), call('b', 0, '+2')], []],
  ])('%s', (_name, calls, guilty) => expect(judged({ calls })).toEqual(guilty));
});

describe('afterReply', () => {
  it.each([
    ['within four hours', [reply('r', -1)], ['afterReply t']],
    ['after any of several', [reply('r', -1), reply('q', -10)], ['afterReply t']],
    ['after four hours', [reply('r', -4)], []],
    ['as it arrived', [reply('r', -1 / 120)], []],
    ['before it', [reply('r', 1)], []],
    ['that never reached us', [reply('r', null)], []],
    ['from another phone', [reply('r', -1, 'Yes', '+2')], []],
  ])('%s', (_name, replies, guilty) => expect(judged({ texts: [text('t', 0)], replies })).toEqual(guilty));

  it('does not bar calls', () =>
    expect(judged({ calls: [call('c', 0)], replies: [reply('r', -1)] })).toEqual([]));
});

describe('afterOptOut', () => {
  const stop = [reply('r', -100, 'STOP')];
  it.each<[string, Partial<JudgedFacts>, string[]]>([
    ['a text', { texts: [text('t', 0)], replies: stop }, ['afterOptOut t']],
    ['a call', { calls: [call('c', 0)], replies: stop }, ['afterOptOut c']],
    [
      'an attempt that the carrier refused',
      { refusals: [{ to: '+1', body: 'Hi', at: at(0) }], replies: stop },
      ['afterOptOut null'],
    ],
    [
      'a text despite chatter since',
      { texts: [text('t', 0)], replies: [...stop, reply('q', -50)] },
      ['afterOptOut t'],
    ],
    ['a confirmation', { texts: [text('t', 0, 'You are unsubscribed.')], replies: stop }, []],
    [
      'a refused confirmation',
      { refusals: [{ to: '+1', body: 'You are unsubscribed.', at: at(0) }], replies: stop },
      [],
    ],
    ['a text after an opt-in', { texts: [text('t', 0)], replies: [...stop, reply('q', -50, 'START')] }, []],
    ['a text before', { texts: [text('t', 0)], replies: [reply('r', 1, 'STOP')] }, []],
    ['a text as it arrived', { texts: [text('t', 0)], replies: [reply('r', -1 / 120, 'STOP')] }, []],
    ['an opt-out that never reached us', { texts: [text('t', 0)], replies: [reply('r', null, 'STOP')] }, []],
    ['another phone’s', { texts: [text('t', 0)], replies: [reply('r', -100, 'STOP', '+2')] }, []],
  ])('%s', (_name, facts, guilty) => expect(judged(facts)).toEqual(guilty));
});

describe('outsideHours', () => {
  it.each<[string, Partial<JudgedFacts>, string[]]>([
    ['a text at night', { texts: [text('t', 10)] }, ['outsideHours t']],
    ['a call at night', { calls: [call('c', 10)] }, ['outsideHours c']],
    ['a text decided before closing', { texts: [text('t', 9 + 0.5 / 60)] }, []],
    ['a text by day', { texts: [text('t', 8)] }, []],
  ])('%s', (_name, facts, guilty) => expect(judged(facts)).toEqual(guilty));
});

it('are counted by kind, with a zero where there are none', () => {
  const facts = { texts: [text('a', 0), text('b', 1)], calls: [call('c', 10)], replies: [], refusals: [] };
  expect(countViolations(findViolations(facts, rules))).toEqual({
    duplicateSms: 1,
    duplicateCalls: 0,
    afterReply: 0,
    afterOptOut: 0,
    outsideHours: 1,
  });
});

it('name no phone and no body', () => {
  const facts = {
    texts: [text('a', 0, 'secret', '+14155550123'), text('b', 0, 'secret', '+14155550123')],
    calls: [],
    replies: [],
    refusals: [],
  };
  const told = JSON.stringify(findViolations(facts, rules));
  expect(told).not.toMatch(/4155550123|secret/);
});
