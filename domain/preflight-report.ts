import { contactHours } from './compliance/contact-hours.ts';
import { refusals } from './compliance/refusals.ts';
import type { RefusalCode } from './compliance/refusals.ts';
import { hourMs } from './duration.ts';
import type { SmsStep } from './journey/definition.ts';
import { requireStep } from './journey/definition.ts';
import type { OrganizationSettings } from './organization.ts';
import { channelOf, createPreflight, touchSteps } from './preflight.ts';
import type { PreflightFacts, PreflightLaunch } from './preflight.ts';
import { previewTemplate } from './template.ts';

export type PreflightLead = PreflightFacts & {
  phone: string;
  consentUnclear: boolean;
  lastTextAt: Date | null;
  lastReplyAt: Date | null;
};

export type PreflightCampaign = PreflightLaunch & {
  organization: OrganizationSettings;
  sendingStopped: boolean;
  campaignPaused: boolean;
};

/** Something that a launch should know and that keeps nobody out. `leads`: how many it is about; null = all of it. */
export type PreflightWarning = {
  code: string;
  message: string;
  action: string;
  leads: number | null;
  stepId: string | null;
};

export type PreflightReport = {
  members: number;
  ready: number;
  /** Leads by the first reason that their journey would meet, so that these and `ready` make up `members`. */
  refused: Partial<Record<RefusalCode, number>>;
  warnings: PreflightWarning[];
  /** What each text comes to for those who are ready. `ucs2`: texts that a character outside GSM-7 makes dear. */
  segments: {
    stepId: string;
    encoding: 'GSM-7' | 'UCS-2';
    ucs2: number;
    segments: { min: number; max: number; total: number };
  }[];
};

/** What a launch of these leads would come to if it were made now. */
export function preflightReport(campaign: PreflightCampaign, leads: PreflightLead[]): PreflightReport {
  const look = createPreflight(campaign);
  const refused: PreflightReport['refused'] = {};
  const ready: PreflightLead[] = [];
  for (const lead of leads) {
    const [first] = look(lead);
    if (first) refused[first.code] = (refused[first.code] ?? 0) + 1;
    else ready.push(lead);
  }
  const segments = campaign.definition.steps
    .filter((step) => step.kind === 'sms')
    .map((step) => segmentsOf(step, ready));
  const warnings = [
    ...stillStanding(campaign),
    ...firstTouches(campaign, ready),
    ...tooManyForADay(campaign, ready),
    ...segments.filter(({ ucs2 }) => ucs2 > 0).map(({ stepId, ucs2 }) => dearText(stepId, ucs2)),
  ];
  return { members: leads.length, ready: ready.length, refused, warnings, segments };
}

function segmentsOf(step: SmsStep, leads: PreflightLead[]): PreflightReport['segments'][number] {
  let [min, max, total, ucs2] = [leads.length === 0 ? 0 : Infinity, 0, 0, 0];
  for (const { variables } of leads) {
    const { segments, encoding } = previewTemplate(step.body, variables);
    min = Math.min(min, segments);
    max = Math.max(max, segments);
    total += segments;
    if (encoding === 'UCS-2') ucs2++;
  }
  return {
    stepId: step.id,
    encoding: ucs2 > 0 ? 'UCS-2' : 'GSM-7',
    ucs2,
    segments: { min, max, total },
  };
}

/** What holds or skips whole steps for everybody, and lasts until somebody changes it. */
function stillStanding(campaign: PreflightCampaign): PreflightWarning[] {
  const { now, definition, sendingStopped, campaignPaused } = campaign;
  const expired = definition.steps.filter(
    (step): step is SmsStep =>
      step.kind === 'sms' && step.shelfLife?.until !== undefined && new Date(step.shelfLife.until) <= now,
  );
  return [
    ...(sendingStopped ? [warningOf('SENDING_STOPPED')] : []),
    ...(campaignPaused ? [warningOf('CAMPAIGN_PAUSED')] : []),
    ...expired.map((step) => warningOf('EXPIRED', { stepId: step.id })),
  ];
}

/** What the first step would meet if it were carried out at once, by the first thing that each lead meets. */
function firstTouches(campaign: PreflightCampaign, leads: PreflightLead[]): PreflightWarning[] {
  const { now, settings, definition } = campaign;
  const first = requireStep(definition, definition.start);
  if (first.kind !== 'sms' && first.kind !== 'call') return [];
  const watched = first.kind === 'sms' && !first.urgent;
  const within = (at: Date | null, hours: number) =>
    at !== null && now.getTime() - at.getTime() < hours * hourMs;
  const texted = new Set<string>();
  const counts = { CONSENT_UNCLEAR: 0, RECENT_REPLY: 0, RECENT_SMS: 0 };
  for (const { phone, consentUnclear, lastReplyAt, lastTextAt } of leads) {
    if (consentUnclear) counts.CONSENT_UNCLEAR++;
    else if (watched && within(lastReplyAt, settings.recentReplyHours)) counts.RECENT_REPLY++;
    // Two leads with one number: the second finds the text of the first.
    else if (watched && (within(lastTextAt, settings.recentSmsHours) || texted.has(phone)))
      counts.RECENT_SMS++;
    else if (settings.recentSmsHours > 0) texted.add(phone);
  }
  return (Object.keys(counts) as (keyof typeof counts)[])
    .filter((code) => counts[code] > 0)
    .map((code) => warningOf(code, { leads: counts[code], stepId: first.id }));
}

/** More first touches than the numbers can carry in the hours of one day. */
function tooManyForADay(campaign: PreflightCampaign, leads: PreflightLead[]): PreflightWarning[] {
  const [first] = touchSteps(campaign.definition);
  if (!first || leads.length === 0) return [];
  const channel = channelOf(first);
  const seconds = secondsOfADay(campaign, channel, leads);
  if (seconds === null) return [];
  const capable = campaign.numbers.filter(({ canSms, canVoice }) => (channel === 'sms' ? canSms : canVoice));
  const byNumbers = capable.map(({ ratePerSecond, dailyCap }) =>
    Math.min(ratePerSecond * seconds, dailyCap ?? Infinity),
  );
  const carried = Math.floor(
    Math.min(
      byNumbers.reduce((sum, each) => sum + each, 0),
      campaign.organization.touchesPerSecond * seconds,
    ),
  );
  if (carried >= leads.length) return [];
  const noun = channel === 'sms' ? 'texts' : 'calls';
  const days = carried === 0 ? null : Math.ceil(leads.length / carried);
  return [
    {
      code: 'RATES_TOO_LOW',
      message:
        `The numbers carry ${carried} ${noun} in a day’s calling hours, and ${leads.length} are to go out` +
        (days === null ? '.' : `: the first alone take ${days} days.`),
      action: 'Add numbers, raise their rates or daily caps, or launch in parts.',
      leads: leads.length - carried,
      stepId: first.id,
    },
  ];
}

/** How long the next whole window of most of these leads is; null = it never opens. */
function secondsOfADay(
  { now, settings }: PreflightCampaign,
  channel: 'sms' | 'call',
  leads: PreflightLead[],
): number | null {
  const places = new Map<string, { count: number; lead: PreflightLead }>();
  for (const lead of leads) {
    const key = JSON.stringify([lead.timeZones, lead.states]);
    const place = places.get(key) ?? { count: 0, lead };
    place.count++;
    places.set(key, place);
  }
  const most = [...places.values()].sort((a, b) => b.count - a.count)[0]!.lead;
  const at = (instant: Date) =>
    contactHours({ now: instant, zones: most.timeZones, states: most.states, channel, settings });
  const today = at(now);
  const next = today.open ? at(today.closesAt) : today;
  if (next.open || next.opensAt === null) return null;
  const window = at(next.opensAt);
  return window.open ? (window.closesAt.getTime() - next.opensAt.getTime()) / 1000 : null;
}

function dearText(stepId: string, leads: number): PreflightWarning {
  return {
    code: 'UCS2_TEXT',
    message: 'The text has a character outside the GSM alphabet: a part of it holds 70 characters, not 160.',
    action: 'Replace emoji, curly quotes and the like, unless they are worth the price.',
    leads,
    stepId,
  };
}

function warningOf(
  code: RefusalCode,
  about: Partial<Pick<PreflightWarning, 'leads' | 'stepId'>> = {},
): PreflightWarning {
  const { message, action } = refusals[code];
  return { code, message, action, leads: null, stepId: null, ...about };
}
