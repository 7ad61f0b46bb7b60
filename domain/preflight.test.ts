import { describe, expect, test } from 'vitest';
import { defaultCampaignSettings } from './campaign.ts';
import { refusals } from './compliance/refusals.ts';
import type { RefusalCode } from './compliance/refusals.ts';
import type { OwnNumber } from './dialing/routing.ts';
import type { JourneyDefinition, Step } from './journey/definition.ts';
import { defaultOrganizationSettings } from './organization.ts';
import { createPreflight } from './preflight.ts';
import type { PreflightFacts, PreflightLaunch } from './preflight.ts';
import { createReport } from './preflight-report.ts';
import type { PreflightCampaign, PreflightLead } from './preflight-report.ts';

const fine: PreflightFacts = {
  phoneValid: true,
  alreadyEnrolled: false,
  leadBlocked: false,
  onDnc: false,
  consent: { sms: null, call: null },
  timeZones: ['America/Chicago'],
  states: [],
  variables: { first_name: 'Ada' },
};
const text: Step = { id: 'text', kind: 'sms', body: 'Hello {{first_name}}', next: 'end' };
const call: Step = { id: 'call', kind: 'call', say: 'Hello', next: 'end' };
const end: Step = { id: 'end', kind: 'end' };
const of = (...steps: Step[]): JourneyDefinition => ({ start: steps[0]!.id, steps });
const able: OwnNumber = {
  id: 'n',
  e164: '+13125550100',
  canSms: true,
  canVoice: true,
  areaCode: '312',
  dailyCap: null,
  usedToday: 0,
  ratePerSecond: 10,
};
/** Noon in Chicago. */
const now = new Date('2026-11-20T18:00:00Z');
const launch: PreflightLaunch = {
  now,
  definition: of(text, call, end),
  settings: defaultCampaignSettings,
  numbers: [able],
};
const strict = { ...defaultCampaignSettings, requireConsent: true };
const over = { ...defaultCampaignSettings, endsOn: '2026-11-19' };

const problems = (facts: Partial<PreflightFacts>, changes: Partial<PreflightLaunch> = {}) =>
  createPreflight({ ...launch, ...changes })({ ...fine, ...facts });
const codes = (...asked: Parameters<typeof problems>) => problems(...asked).map(({ code }) => code);

test('a lead with whom nothing is wrong may be launched', () => {
  expect(codes({})).toEqual([]);
  expect(codes({ consent: { sms: 'opt_in', call: 'opt_in' } }, { settings: strict })).toEqual([]);
});

describe('every reason has its code, field, severity and sentence', () => {
  const table: [RefusalCode, string, Partial<PreflightFacts>, Partial<PreflightLaunch>?][] = [
    ['ALREADY_ENROLLED', 'campaign', { alreadyEnrolled: true }],
    ['INVALID_PHONE', 'phone', { phoneValid: false }],
    ['LEAD_BLOCKED', 'lead', { leadBlocked: true }],
    ['OPTED_OUT', 'phone', { consent: { sms: 'opt_out', call: 'opt_out' } }],
    ['DNC_VIOLATION', 'phone', { onDnc: true }],
    ['NO_CONSENT', 'phone', {}, { settings: strict }],
    ['CALLER_ID_MISSING', 'numbers', {}, { numbers: [] }],
    ['QUIET_HOURS', 'timeZones', { timeZones: [] }],
    ['CAMPAIGN_ENDED', 'campaign', {}, { settings: over }],
  ];

  test.each(table)('%s', (code, field, facts, changes) => {
    const { severity, message } = refusals[code];
    expect(problems(facts, changes)).toEqual([{ code, field, severity, message }]);
  });

  test('and all of one lead are told together, in the order in which the run would meet them', () => {
    const facts = Object.assign({}, ...table.map(([, , each]) => each), {
      consent: { sms: 'opt_out', call: 'opt_out' },
    }) as Partial<PreflightFacts>;
    expect(codes(facts, { numbers: [] })).toEqual([
      'ALREADY_ENROLLED',
      'INVALID_PHONE',
      'LEAD_BLOCKED',
      'OPTED_OUT',
      'DNC_VIOLATION',
      'CALLER_ID_MISSING',
      'QUIET_HOURS',
    ]);
  });

  test('a variable that is missing is named with its step, once for each', () => {
    const definition = of(
      { ...text, body: '{{first_name}} {{company}} {{custom.plan}} {{city|there}}' },
      { ...call, voicemail: 'It is about {{custom.plan}}' },
      end,
    );
    expect(problems({}, { definition })).toEqual(
      [
        ['text', 'body', 'company'],
        ['text', 'body', 'custom.plan'],
        ['call', 'voicemail', 'custom.plan'],
      ].map(([stepId, field, variable]) => ({
        code: 'MISSING_VARIABLE',
        field: variable,
        severity: refusals.MISSING_VARIABLE.severity,
        message: `${refusals.MISSING_VARIABLE.message} Step “${stepId}”, ${field}: {{${variable}}}.`,
        stepId,
      })),
    );
  });
});

test('a word about one channel is a reason only where that channel is used', () => {
  const consent = { sms: null, call: 'opt_out' } as const;
  expect(codes({ consent }, { definition: of(text, end) })).toEqual([]);
  expect(codes({ consent }, { definition: of(text, call, end) })).toEqual(['OPTED_OUT']);
});

describe('our own numbers', () => {
  const smsOnly = { ...able, canVoice: false };
  const voiceOnly = { ...able, canSms: false };

  test.each([
    ['none, and none is needed', of(end), [], []],
    ['none to call from', of(call, end), [smsOnly], ['CALLER_ID_MISSING']],
    ['none to text from', of(text, end), [voiceOnly], ['SMS_NOT_SUPPORTED']],
    ['one for each', of(text, call, end), [smsOnly, voiceOnly], []],
    ['no calls, so none is needed for them', of(text, end), [smsOnly], []],
    ['no texts, so none is needed for them', of(call, end), [voiceOnly], []],
    [
      'able to do neither',
      of(text, call, end),
      [{ ...able, canSms: false, canVoice: false }],
      ['SMS_NOT_SUPPORTED', 'CALLER_ID_MISSING'],
    ],
  ])('%s', (_name, definition, numbers, expected) => {
    expect(codes({}, { definition, numbers })).toEqual(expected);
  });
});

function preflightReport(campaign: PreflightCampaign, leads: PreflightLead[]) {
  const { look, report } = createReport(campaign);
  const findings = leads.map(look);
  return { ...report(), findings };
}

describe('the report about a cohort', () => {
  const campaign: PreflightCampaign = {
    ...launch,
    organization: defaultOrganizationSettings,
    sendingStopped: false,
    campaignPaused: false,
  };
  const lead = (phone: number, changes: Partial<PreflightLead> = {}): PreflightLead => ({
    ...fine,
    phone: `+1312555${String(phone).padStart(4, '0')}`,
    consentUnclear: false,
    lastTextAt: null,
    lastReplyAt: null,
    ...changes,
  });
  const anHourAgo = new Date(now.getTime() - 3_600_000);
  const told = (leads: PreflightLead[], changes: Partial<PreflightCampaign> = {}) =>
    preflightReport({ ...campaign, ...changes }, leads).warnings.map(({ code, leads: about, stepId }) => [
      code,
      about,
      stepId,
    ]);

  test('counts each lead once, by the first thing its journey would meet', () => {
    const leads = [lead(1), lead(2, { onDnc: true, leadBlocked: true }), lead(3, { onDnc: true })];
    expect(preflightReport(campaign, leads)).toMatchObject({
      members: 3,
      ready: 1,
      refused: { LEAD_BLOCKED: 1, DNC_VIOLATION: 1 },
      warnings: [],
    });
  });

  test.each([
    ['a text of an hour ago', [lead(1, { lastTextAt: anHourAgo })], [['RECENT_SMS', 1, 'text']]],
    ['a reply of an hour ago', [lead(1, { lastReplyAt: anHourAgo })], [['RECENT_REPLY', 1, 'text']]],
    ['two leads with one number', [lead(1), lead(1), lead(2)], [['RECENT_SMS', 1, 'text']]],
    ['a reply that nobody has read', [lead(1, { consentUnclear: true })], [['CONSENT_UNCLEAR', 1, 'text']]],
  ])('warns of %s', (_what, leads, expected) => {
    expect(told(leads)).toEqual(expected);
    // What is counted is what is said of the leads.
    const said = preflightReport(campaign, leads).findings.flat();
    expect(said.map(({ code, stepId }) => [code, 1, stepId])).toEqual(expected);
  });

  test('an urgent first text meets no recent one', () => {
    const definition = of({ ...text, urgent: true } as Step, end);
    expect(told([lead(1, { lastTextAt: anHourAgo })], { definition })).toEqual([]);
  });

  test('warns of what stands still, and of a text whose time is over', () => {
    const stale: Step = { ...text, shelfLife: { until: '2026-11-20T17:59:59Z' } };
    expect(
      told([lead(1)], { definition: of(stale, end), sendingStopped: true, campaignPaused: true }),
    ).toEqual([
      ['SENDING_STOPPED', null, null],
      ['CAMPAIGN_PAUSED', null, null],
      ['EXPIRED', null, 'text'],
    ]);
  });

  test('warns of rules that nobody has compared with the law in time, for the leads who are under them', () => {
    const leads = [lead(1, { states: ['MD'] }), lead(2, { states: ['FL'] })];
    const on = (date: string) => {
      const report = preflightReport({ ...campaign, now: new Date(`${date}T18:00:00Z`) }, leads);
      const { warnings } = report;
      const said = report.findings.flat().filter(({ code }) => code === 'RULE_OVERDUE');
      expect(said).toHaveLength(warnings[0]?.leads ?? 0);
      return warnings.map(({ code, message, leads: about }) => [code, /\((.*)\)/.exec(message)?.[1], about]);
    };
    expect(on('2027-02-21')).toEqual([]);
    expect(on('2027-02-22')).toEqual([['RULE_OVERDUE', 'us-md-cap, us-md-hours', 1]]);
    expect(on('2027-11-22')).toEqual([['RULE_OVERDUE', expect.stringContaining('us-federal-hours'), 2]]);
  });

  test('segments are those of each lead’s own text, and dear characters are told', () => {
    const leads = [lead(1), lead(2, { variables: { first_name: '✨'.repeat(80) } })];
    const report = preflightReport({ ...campaign, definition: of(text, end) }, leads);
    expect(report.segments).toEqual([
      { stepId: 'text', encoding: 'UCS-2', ucs2: 1, segments: { min: 1, max: 2, total: 3 } },
    ]);
    expect(report.warnings).toMatchObject([{ code: 'UCS2_TEXT', leads: 1, stepId: 'text' }]);
  });

  test('numbers that cannot carry the cohort in one day’s hours are told, with what they can', () => {
    const leads = Array.from({ length: 11 }, (_, index) => lead(index));
    const few = { ...able, dailyCap: 4 };
    expect(told(leads, { numbers: [few, { ...few, id: 'm' }] })).toEqual([['RATES_TOO_LOW', 3, 'text']]);
    expect(told(leads, { numbers: [few, able] })).toEqual([]);
    // An hour a day at one a minute, and more than that.
    const hours = { 1: { from: '10:00', to: '10:05' } };
    const settings = { ...defaultCampaignSettings, hours };
    expect(told(leads, { settings, numbers: [{ ...able, ratePerSecond: 1 / 60 }] })).toEqual([
      ['RATES_TOO_LOW', 6, 'text'],
    ]);
  });
});
