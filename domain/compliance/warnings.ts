import { dayMs } from '../duration.ts';
import type { Provenance } from './rules/rule.ts';

/**
 * What somebody should know before a launch, and what does not stop it: one list for preflight, API and documents.
 * `action` is what a person can do about it.
 */
export const warnings = {
  DNC_SCRUB_STALE: {
    severity: 'warning',
    message: 'A do-not-call list is older than 31 days, or nobody has said how old it is.',
    action: 'Load a new copy of the list and say from which day it is.',
  },
  RULE_OVERDUE: {
    severity: 'warning',
    message: 'A rule was to be compared with the law in force by a day that has passed.',
    action:
      'Have counsel compare it, or take a release in which it was read again. Until then it is kept to as it stands.',
  },
} as const satisfies Record<string, { severity: 'warning'; message: string; action: string }>;

export type WarningCode = keyof typeof warnings;

export type DncWarning = {
  code: 'DNC_SCRUB_STALE';
  severity: 'warning';
  message: string;
  action: string;
  list: string;
};

/** A copy of the national registry counts for 31 days. Source: 47 CFR 64.1200(c)(2)(i)(D); since 2005-01-01. */
const scrubLifeDays = 31;

/** Whole days since the copy was made; null = nobody has said when. */
export function dncListAgeDays(scrubbedOn: string | null, now: Date): number | null {
  return scrubbedOn === null ? null : Math.floor((now.getTime() - Date.parse(scrubbedOn)) / dayMs);
}

/**
 * Every list whose copy is too old to rely on; `scrubbedOn` is a date (YYYY-MM-DD). The organisation's own list is made
 * here and is never old.
 */
export function dncWarnings(lists: { list: string; scrubbedOn: string | null }[], now: Date): DncWarning[] {
  return lists
    .filter(({ list, scrubbedOn }) => {
      const age = dncListAgeDays(scrubbedOn, now);
      return list !== 'own' && (age === null || age > scrubLifeDays);
    })
    .map(({ list }) => ({ code: 'DNC_SCRUB_STALE', ...warnings.DNC_SCRUB_STALE, list }));
}

/** Whether the day has passed by which a person must have compared the rule with the law in force. */
export function isOverdue({ verifyBy }: Pick<Provenance, 'verifyBy'>, now: Date): boolean {
  return now.toISOString().slice(0, 10) > verifyBy;
}
