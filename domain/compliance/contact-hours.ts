import type { CampaignSettings } from '../campaign.ts';
import { dayMs } from '../duration.ts';
import { allOf, windowState } from './calling-window.ts';
import type { CallingWindow, WindowState } from './calling-window.ts';
import { federalHours } from './rules/federal.ts';
import { ruleWindow, weeklyWindow } from './rules/rule.ts';
import type { HoursRule, Provenance } from './rules/rule.ts';
import { stateCapRules } from './rules/state-caps.ts';
import { canadianHours, stateHours } from './rules/state-hours.ts';
import { wallClock } from './zones/wall-clock.ts';

/** A rule as a decision names it. */
export type RuleReference = { code: string; ruleVersion: string; source: string };

export type HoursState =
  | { open: true; closesAt: Date; rules: RuleReference[] }
  /** `opensAt` null: it never opens for this lead. `rule`: the one that keeps it closed the longest. */
  | {
      open: false;
      code: 'QUIET_HOURS' | 'CAMPAIGN_HOURS' | 'CAMPAIGN_ENDED';
      opensAt: Date | null;
      rule: RuleReference;
    };

/** Every rule of law about hours, the one for everybody first. */
export const hoursRules: readonly HoursRule[] = [federalHours, ...stateHours, canadianHours];

type Part = { window: CallingWindow; reference: RuleReference };

const lawParts = new Map<HoursRule, Part>(
  hoursRules.map((rule) => {
    const { code, ruleVersion, source } = rule;
    return [rule, { window: ruleWindow(rule), reference: { code, ruleVersion, source } }];
  }),
);

/** The campaign's own hours have no version: the settings of the moment hold. */
const campaignReference: RuleReference = {
  code: 'CAMPAIGN_HOURS',
  ruleVersion: 'settings',
  source: 'the campaign’s settings',
};

/**
 * Whether this lead may be contacted now by law and by the campaign's own hours, holidays and dates: only when every rule
 * is open in every zone, each judged by the zone's own clock.
 *
 * Closed: `opensAt` is the first instant at which all are open everywhere, null when there is none within 400 days. The
 * code is the law's unless the campaign alone keeps it closed longer; CAMPAIGN_ENDED when nothing opens before the
 * campaign's last day is over.
 */
export function contactHours(asked: {
  now: Date;
  zones: readonly string[];
  /** Two letters of every state of the United States, or province of Canada, that the lead may be in. */
  states: readonly string[];
  channel: 'sms' | 'call';
  settings: Pick<CampaignSettings, 'hours' | 'holidays' | 'startsOn' | 'endsOn'>;
}): HoursState {
  const { now, zones, states, channel, settings } = asked;
  const law = hoursRules.filter((rule) => applies(rule, states, channel)).map((rule) => lawParts.get(rule)!);
  const own = campaignWindow(settings);
  const all = own ? [...law, { window: own, reference: campaignReference }] : law;
  const at = (parts: readonly Part[]): WindowState =>
    windowState({ now, zones, window: allOf(parts.map(({ window }) => window)) });

  const state = at(all);
  if (state.open) {
    return { open: true, closesAt: state.closesAt, rules: all.map(({ reference }) => reference) };
  }
  const byLaw = own ? at(law) : state;
  const neverByLaw = !byLaw.open && byLaw.opensAt === null;
  if (!own || neverByLaw) return { ...closed('QUIET_HOURS', byLaw), rule: longest(law, at) };

  if (state.opensAt === null && settings.endsOn !== null) {
    const endless = campaignWindow({ ...settings, endsOn: null });
    const without = endless ? at([...law, { window: endless, reference: campaignReference }]) : byLaw;
    const over = zones.every((zone) => wallClock(now.getTime(), zone).epochDay > epochDay(settings.endsOn!));
    if (over || without.open || without.opensAt !== null)
      return { ...closed('CAMPAIGN_ENDED', state), rule: campaignReference };
  }
  const byCampaign = at([{ window: own, reference: campaignReference }]);
  const code =
    state.opensAt === null || opensMs(byCampaign) > opensMs(byLaw) ? 'CAMPAIGN_HOURS' : 'QUIET_HOURS';
  return { ...closed(code, state), rule: code === 'QUIET_HOURS' ? longest(law, at) : campaignReference };
}

function applies(rule: HoursRule, states: readonly string[], channel: 'sms' | 'call'): boolean {
  if (!rule.channels.includes(channel)) return false;
  return rule.areas === null || rule.areas.some((area) => states.includes(area));
}

function closed<C extends string>(code: C, state: WindowState) {
  return { open: false as const, code, opensAt: state.open ? null : state.opensAt };
}

/** An open window is no obstacle; one that never opens is the greatest. */
function opensMs(state: WindowState): number {
  return state.open ? -Infinity : (state.opensAt?.getTime() ?? Infinity);
}

/** The rule that keeps it closed the longest by itself; of equals the first, which is the one for everybody. */
function longest(parts: readonly Part[], at: (parts: readonly Part[]) => WindowState): RuleReference {
  let found = parts[0]!;
  if (parts.length === 1) return found.reference;
  let latest = -Infinity;
  for (const part of parts) {
    const ms = opensMs(at([part]));
    if (ms > latest) [found, latest] = [part, ms];
  }
  return found.reference;
}

/** The campaign's own hours, holidays and dates as a window; null when it has none. */
function campaignWindow({
  hours,
  holidays,
  startsOn,
  endsOn,
}: Pick<CampaignSettings, 'hours' | 'holidays' | 'startsOn' | 'endsOn'>): CallingWindow | null {
  if (hours === null && holidays.length === 0 && startsOn === null && endsOn === null) return null;
  const closedDays = new Set(holidays.map(epochDay));
  const isClosed = (day: number) => closedDays.has(day);
  const window: CallingWindow =
    hours === null ? { on: (day) => (isClosed(day) ? null : allDay) } : weeklyWindow(hours, isClosed);
  if (startsOn !== null) window.firstDay = epochDay(startsOn);
  if (endsOn !== null) window.lastDay = epochDay(endsOn);
  return window;
}

const allDay = { startMinute: 0, endMinute: 1440 };

/** YYYY-MM-DD as days since 1970-01-01. */
function epochDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

/** A state's limit on how often one person may be approached. */
export type StateCap = { state: string; touchesPerDay: number; rule: RuleReference };

const caps: readonly StateCap[] = stateCapRules.map(
  ({ state, touchesPerDay, code, ruleVersion, source }) => ({
    state,
    touchesPerDay,
    rule: { code, ruleVersion, source },
  }),
);

/** The daily caps of those states. */
export function stateCaps(states: readonly string[]): StateCap[] {
  return caps.filter(({ state }) => states.includes(state));
}

/** Every rule of law, about hours or about how often, that a lead who may be in these states is under. */
export function rulesFor(states: readonly string[], channel: 'sms' | 'call'): Provenance[] {
  return [
    ...hoursRules.filter((rule) => applies(rule, states, channel)),
    ...stateCapRules.filter(({ state }) => states.includes(state)),
  ];
}

export { plausibleStates } from './lead-zones.ts';
