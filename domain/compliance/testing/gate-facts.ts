import fc from 'fast-check';
import { defaultCampaignSettings } from '../../campaign.ts';
import type { OwnNumber } from '../../dialing/routing.ts';
import { dayMs, hourMs } from '../../duration.ts';
import { defaultOrganizationSettings } from '../../organization.ts';
import type { GateFacts } from '../gate.ts';
import { resumePolicies } from '../pauses.ts';

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
    ratePerSecond: 10,
    ...changes,
  };
}

/** Facts under which a touch is sent; a test changes what it is about. */
export function openGate(changes: Partial<GateFacts> = {}): GateFacts {
  return {
    now: gateNow,
    channel: 'sms',
    urgent: false,
    expiresAt: null,
    settings: defaultCampaignSettings,
    phoneValid: true,
    sendingStopped: false,
    campaignPaused: false,
    launchPaused: false,
    launchCancelled: false,
    leadBlocked: false,
    onDnc: false,
    consent: null,
    consentUnclear: false,
    lastTextAt: null,
    lastReplyAt: null,
    lane: { touches: [], conversationUntil: null },
    laneRules: defaultOrganizationSettings.lane,
    wait: null,
    pauses: [],
    timeZones: ['America/New_York'],
    states: ['NY'],
    areaCode: '212',
    conversationNumber: null,
    numbers: [ownNumber()],
    carrierOpenUntil: null,
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

const hoursAround = (min: number, max: number) =>
  fc.integer({ min, max }).map((hours) => new Date(gateNow.getTime() + hours * hourMs));
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
  expiresAt: fc.option(hoursAround(-2, 30), { freq: 2, nil: null }).map((at) => at),
  settings: fc.record({
    hours: fc.constant(null),
    holidays: fc.constant([]),
    startsOn: fc.constant(null),
    endsOn: fc.constant(null),
    resumePolicy: fc.constant('keep' as const),
    numberIds: fc.constant(null),
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
  consentUnclear: seldom,
  consent: fc.constantFrom(null, null, 'opt_in', 'opt_in', 'opt_out'),
  lastTextAt: lately,
  lastReplyAt: lately,
  lane: fc.record({
    touches: fc
      .array(
        fc.record({ channel: fc.constantFrom('sms' as const, 'call' as const), at: hoursAround(-200, 0) }),
        {
          maxLength: 5,
        },
      )
      .map((touches) => touches.sort((a, b) => b.at.getTime() - a.at.getTime())),
    conversationUntil: fc.option(hoursAround(-10, 5), { freq: 2 }),
  }),
  laneRules: fc.record({
    textsPerDay: fc.option(fc.nat(4)),
    textsPerWeek: fc.option(fc.nat(6)),
    callsPerDay: fc.option(fc.nat(4)),
    callsPerWeek: fc.option(fc.nat(6)),
    minimumGapMinutes: fc.constantFrom(0, 0, 90),
    callGapMinutes: fc.constantFrom(0, 15),
    oneConversation: fc.boolean(),
  }),
  wait: fc.option(fc.record({ from: hoursAround(-50, -20), until: hoursAround(-20, 0) })),
  pauses: fc.array(
    fc.record({
      beganAt: hoursAround(-60, -10),
      endedAt: fc.option(hoursAround(-10, 0)),
      policy: fc.constantFrom(...resumePolicies),
    }),
    { maxLength: 2 },
  ),
  timeZones: fc.subarray(zones, { maxLength: 2 }),
  states: fc.constant([]),
  areaCode: fc.option(fc.constantFrom('212', '310')),
  conversationNumber: fc.option(fc.integer({ min: 100, max: 199 }).map((last) => `+12125550${last}`)),
  numbers: arbitraryNumbers,
  carrierOpenUntil: fc.option(hoursAround(-2, 1), { freq: 2 }),
});
