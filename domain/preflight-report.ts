import { contactHours, rulesFor } from './compliance/contact-hours.ts';
import { refusals } from './compliance/refusals.ts';
import type { RefusalCode } from './compliance/refusals.ts';
import { isOverdue, warnings } from './compliance/warnings.ts';
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

/** What is said of one lead: why it would not start, or what its first step would meet. */
export type Finding = { code: string; message: string; action: string; stepId: string | null };

/**
 * What a launch of a cohort would come to if it were made now, lead by lead: `look` takes each of them once, in the order
 * of the cohort, and says what there is to say of it; `report` counts what was said. Nothing of a lead is kept but its
 * number, so the cohort may be large.
 */
export function createReport(campaign: PreflightCampaign) {
  const problemsOf = createPreflight(campaign);
  const firstTouch = createFirstTouch(campaign);
  const texts = campaign.definition.steps
    .filter((step) => step.kind === 'sms')
    .map((step) => ({ step, ...segmentsOf(step) }));
  const refused: PreflightReport['refused'] = {};
  const warned = { CONSENT_UNCLEAR: 0, RECENT_REPLY: 0, RECENT_SMS: 0 };
  const places: Places = new Map();
  let [members, ready] = [0, 0];

  function look(lead: PreflightLead): Finding[] {
    members++;
    const [problem] = problemsOf(lead);
    if (problem) {
      const { code, message, stepId = null } = problem;
      refused[code] = (refused[code] ?? 0) + 1;
      return [{ code, message, action: refusals[code].action, stepId }];
    }
    ready++;
    const { overdue } = countPlace(campaign, places, lead);
    const findings: Finding[] = overdue.length > 0 ? [findingOf(overdueRule(overdue))] : [];
    const warning = firstTouch.meets(lead);
    if (warning) {
      warned[warning]++;
      findings.push(findingOf(warningOf(warning, { stepId: firstTouch.step.id })));
    }
    for (const { step, add } of texts) if (add(lead) === 'UCS-2') findings.push(findingOf(dearText(step.id)));
    return findings;
  }

  function report(): PreflightReport {
    const segments = texts.map(({ summary }) => summary());
    const told = [
      ...stillStanding(campaign),
      ...overdueRules(places),
      ...firstTouchCodes
        .filter((code) => warned[code] > 0)
        .map((code) => warningOf(code, { leads: warned[code], stepId: firstTouch.step.id })),
      ...tooManyForADay(campaign, ready, places),
      ...segments.filter(({ ucs2 }) => ucs2 > 0).map(({ stepId, ucs2 }) => dearText(stepId, ucs2)),
    ];
    return { members, ready, refused, warnings: told, segments };
  }

  return { look, report };
}

/** Whether what is found under a code hangs on the leads before: only a cohort looked at from its beginning tells it. */
export function dependsOnOrder(code: string): boolean {
  return code === 'RECENT_SMS';
}

function findingOf({ code, message, action, stepId }: PreflightWarning): Finding {
  return { code, message, action, stepId };
}

function segmentsOf(step: SmsStep) {
  let [leads, min, max, total, ucs2] = [0, Infinity, 0, 0, 0];
  return {
    add({ variables }: PreflightLead): 'GSM-7' | 'UCS-2' {
      const { segments, encoding } = previewTemplate(step.body, variables);
      leads++;
      min = Math.min(min, segments);
      max = Math.max(max, segments);
      total += segments;
      if (encoding === 'UCS-2') ucs2++;
      return encoding;
    },
    summary: (): PreflightReport['segments'][number] => ({
      stepId: step.id,
      encoding: ucs2 > 0 ? 'UCS-2' : 'GSM-7',
      ucs2,
      segments: { min: leads === 0 ? 0 : min, max, total },
    }),
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

/** One warning for all rules of these leads that nobody has compared with the law in time, which it names. */
function overdueRules(places: Places): PreflightWarning[] {
  const concerned = [...places.values()].filter(({ overdue }) => overdue.length > 0);
  if (concerned.length === 0) return [];
  const leads = concerned.reduce((sum, { count }) => sum + count, 0);
  return [overdueRule(new Set(concerned.flatMap(({ overdue }) => overdue)), leads)];
}

function overdueRule(ids: Iterable<string>, leads: number | null = null): PreflightWarning {
  const { message, action } = warnings.RULE_OVERDUE;
  const named = [...ids].sort().join(', ');
  return { code: 'RULE_OVERDUE', message: `${message} (${named})`, action, leads, stepId: null };
}

const firstTouchCodes = ['CONSENT_UNCLEAR', 'RECENT_REPLY', 'RECENT_SMS'] as const;

/** What the first step would meet if it were carried out at once, by the first thing that each lead meets. */
function createFirstTouch({ now, settings, definition }: PreflightCampaign) {
  const step = requireStep(definition, definition.start);
  const watched = step.kind === 'sms' && !step.urgent;
  const within = (at: Date | null, hours: number) =>
    at !== null && now.getTime() - at.getTime() < hours * hourMs;
  const texted = new Set<string>();
  return {
    step,
    meets({ phone, consentUnclear, lastReplyAt, lastTextAt }: PreflightLead) {
      if (step.kind !== 'sms' && step.kind !== 'call') return null;
      if (consentUnclear) return 'CONSENT_UNCLEAR';
      if (watched && within(lastReplyAt, settings.recentReplyHours)) return 'RECENT_REPLY';
      // Two leads with one number: the second finds the text of the first.
      if (watched && (within(lastTextAt, settings.recentSmsHours) || texted.has(phone))) return 'RECENT_SMS';
      if (settings.recentSmsHours > 0) texted.add(phone);
      return null;
    },
  };
}

/** More first touches than the numbers can carry in the hours of one day. */
function tooManyForADay(campaign: PreflightCampaign, ready: number, places: Places): PreflightWarning[] {
  const [first] = touchSteps(campaign.definition);
  if (!first || ready === 0) return [];
  const channel = channelOf(first);
  const seconds = secondsOfADay(campaign, channel, places);
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
  if (carried >= ready) return [];
  const noun = channel === 'sms' ? 'texts' : 'calls';
  const days = carried === 0 ? null : Math.ceil(ready / carried);
  return [
    {
      code: 'RATES_TOO_LOW',
      message:
        `The numbers carry ${carried} ${noun} in a day’s calling hours, and ${ready} are to go out` +
        (days === null ? '.' : `: the first alone take ${days} days.`),
      action: 'Add numbers, raise their rates or daily caps, or launch in parts.',
      leads: ready - carried,
      stepId: first.id,
    },
  ];
}

/** Where the leads are, how many in each place, and which of its rules are overdue. */
type Place = { count: number; timeZones: string[]; states: string[]; overdue: string[] };
type Places = Map<string, Place>;

function countPlace(
  { now, definition }: PreflightCampaign,
  places: Places,
  { timeZones, states }: PreflightLead,
): Place {
  const key = JSON.stringify([timeZones, states]);
  const known = places.get(key);
  if (known) {
    known.count++;
    return known;
  }
  const rules = touchSteps(definition).flatMap((step) => rulesFor(states, channelOf(step)));
  const overdue = rules.filter((rule) => isOverdue(rule, now)).map(({ id }) => id);
  const place = { count: 1, timeZones, states, overdue: [...new Set(overdue)].sort() };
  places.set(key, place);
  return place;
}

/** How long the next whole window of most of these leads is; null = it never opens. */
function secondsOfADay(
  { now, settings }: PreflightCampaign,
  channel: 'sms' | 'call',
  places: Places,
): number | null {
  const most = [...places.values()].sort((a, b) => b.count - a.count)[0]!;
  const at = (instant: Date) =>
    contactHours({ now: instant, zones: most.timeZones, states: most.states, channel, settings });
  const today = at(now);
  const next = today.open ? at(today.closesAt) : today;
  if (next.open || next.opensAt === null) return null;
  const window = at(next.opensAt);
  return window.open ? (window.closesAt.getTime() - next.opensAt.getTime()) / 1000 : null;
}

function dearText(stepId: string, leads: number | null = null): PreflightWarning {
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
