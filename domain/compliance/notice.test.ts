import { expect, test } from 'vitest';
import type { OwnNumber } from '../dialing/routing.ts';
import { minuteMs } from '../duration.ts';
import { decideNotice, noticeLifeMs } from './notice.ts';
import type { NoticeFacts } from './notice.ts';

const receivedAt = new Date('2026-11-20T03:00:00Z');
const after = (ms: number) => new Date(receivedAt.getTime() + ms);
const number: OwnNumber = {
  id: 'n',
  e164: '+13125550100',
  canSms: true,
  canVoice: true,
  areaCode: '312',
  dailyCap: null,
  usedToday: 0,
  ratePerSecond: 1,
};
const facts: NoticeFacts = {
  now: after(1_000),
  phone: '+12025550100',
  receivedAt,
  isDue: true,
  carrierRefused: false,
  optedInSince: false,
  sendingStopped: false,
  number,
  carrierOpenUntil: null,
};

test('goes out from the number that the person wrote to, at whatever hour', () => {
  expect(decideNotice(facts)).toMatchObject({ decision: 'send', number, because: 'conversation' });
});

test.each<[string, Partial<NoticeFacts>, object]>([
  ['to a short code', { phone: '72345' }, { decision: 'refuse', code: 'INVALID_PHONE' }],
  ['for a STOP that changed nothing', { isDue: false }, { decision: 'refuse', code: 'OPTED_OUT' }],
  ['when the carrier blocks us', { carrierRefused: true }, { decision: 'refuse', code: 'OPTED_OUT' }],
  ['five minutes after it', { now: after(noticeLifeMs) }, { decision: 'refuse', code: 'EXPIRED' }],
  ['when the person is back', { optedInSince: true }, { decision: 'refuse', code: 'EXPIRED' }],
  ['while everything is stopped', { sendingStopped: true }, { decision: 'hold', code: 'SENDING_STOPPED' }],
  [
    'stopped until it is over',
    { sendingStopped: true, now: after(noticeLifeMs) },
    { decision: 'refuse', code: 'EXPIRED' },
  ],
  ['without the number', { number: null }, { decision: 'hold', code: 'CALLER_ID_MISSING' }],
  [
    'from a number that sends no texts',
    { number: { ...number, canSms: false } },
    { decision: 'refuse', code: 'SMS_NOT_SUPPORTED' },
  ],
  [
    'while the carrier is down',
    { carrierOpenUntil: after(minuteMs) },
    { decision: 'defer', code: 'CARRIER_DOWN', until: after(minuteMs) },
  ],
  [
    'when the carrier is down for too long',
    { carrierOpenUntil: after(noticeLifeMs) },
    { decision: 'refuse', code: 'EXPIRED' },
  ],
])('does not go out %s', (_name, change, expected) => {
  expect(decideNotice({ ...facts, ...change })).toEqual(expected);
});
