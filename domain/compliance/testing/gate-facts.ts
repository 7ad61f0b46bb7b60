import fc from 'fast-check';
import { defaultCampaignSettings } from '../../campaign.ts';
import type { OwnNumber } from '../../dialing/routing.ts';
import { dayMs, hourMs } from '../../duration.ts';
import type { GateFacts } from '../gate.ts';

/** Noon in New York, a Friday. */
export const gateNow = new Date('2026-11-20T17:00:00Z');

export function ownNumber(changes: Partial<OwnNumber> = {}): OwnNumber {
  return {
    id: changes.e164 ?? '+12125550100',
    e164: '+12125550100',
    canSms: true,
    canVoice: true,
    areaCode: '212',
    dailyCap: null,
    usedToday: 0,
    ...changes,
  };
}

/** Facts under which a touch is sent; a test changes what it is about. */
export function openGate(changes: Partial<GateFacts> = {}): GateFacts {
  return {
    now: gateNow,
    channel: 'sms',
    urgent: false,
    settings: defaultCampaignSettings,
    phoneValid: true,
    sendingStopped: false,
    campaignPaused: false,
    launchPaused: false,
    launchCancelled: false,
    leadBlocked: false,
    onDnc: false,
    consent: null,
    lastTextAt: null,
    lastReplyAt: null,
    timeZones: ['America/New_York'],
    areaCode: '212',
    conversationNumber: null,
    numbers: [ownNumber()],
    ...changes,
  };
}

const zones = [
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'Pacific/Honolulu',
  'Europe/London',
  'Asia/Kolkata',
];

const seldom = fc.integer({ min: 0, max: 9 }).map((draw) => draw === 0);
const lately = fc.option(
  fc.integer({ min: -1, max: 60 }).map((hours) => new Date(gateNow.getTime() - hours * hourMs)),
);

/** Numbers with and without capability, cap and use. */
export const arbitraryNumbers: fc.Arbitrary<OwnNumber[]> = fc.array(
  fc
    .record({
      last: fc.integer({ min: 100, max: 199 }),
      canSms: fc.boolean(),
      canVoice: fc.boolean(),
      areaCode: fc.option(fc.constantFrom('212', '310', '907')),
      dailyCap: fc.option(fc.nat(3)),
      usedToday: fc.nat(4),
    })
    .map(({ last, ...number }) => ownNumber({ ...number, e164: `+12125550${last}` })),
  { maxLength: 4 },
);

/** Any facts, mostly such that the later rules are reached too. */
export const arbitraryFacts: fc.Arbitrary<GateFacts> = fc.record({
  now: fc.integer({ min: -400, max: 400 }).map((h) => new Date(gateNow.getTime() + h * hourMs + dayMs / 7)),
  channel: fc.constantFrom('sms', 'call'),
  urgent: fc.boolean(),
  settings: fc.record({
    recentSmsHours: fc.constantFrom(0, 24),
    recentReplyHours: fc.constantFrom(0, 4),
    requireConsent: seldom,
  }),
  phoneValid: seldom.map((invalid) => !invalid),
  sendingStopped: seldom,
  campaignPaused: seldom,
  launchPaused: seldom,
  launchCancelled: seldom,
  leadBlocked: seldom,
  onDnc: seldom,
  consent: fc.constantFrom(null, null, 'opt_in', 'opt_in', 'opt_out'),
  lastTextAt: lately,
  lastReplyAt: lately,
  timeZones: fc.subarray(zones, { maxLength: 2 }),
  areaCode: fc.option(fc.constantFrom('212', '310')),
  conversationNumber: fc.option(fc.integer({ min: 100, max: 199 }).map((last) => `+12125550${last}`)),
  numbers: arbitraryNumbers,
});
