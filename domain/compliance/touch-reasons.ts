import type { RuleReference } from './contact-hours.ts';

/**
 * Why a touch was allowed or refused, as the gate saw it: kept beside the touch, so that years later somebody can tell under which
 * rules it was made. Ids and codes; the person's name, number and words stay where they belong.
 */
export type TouchReasons = {
  /** When the gate said yes, ISO. */
  at: string;
  /** Every zone the lead may be in, with its wall clock then: `America/New_York` → `2026-03-09 14:05`. */
  localTimes: Record<string, string>;
  /** States and provinces whose rules were considered. */
  states: string[];
  rules: RuleReference[];
  /** The newest word of the consent ledger; null = there is none. */
  consent: { id: string; kind: 'opt_in' | 'opt_out'; source: string; at: string } | null;
  /** The do-not-call lists that were looked at, and the day of each copy. */
  dncLists: { list: string; scrubbedOn: string | null }[];
  /** Published version of the journey and the step of it that was carried out; null for what no step asked for. */
  versionId: string | null;
  stepId: string | null;
  /** Which of our numbers, and why that one; null when it was refused. */
  number: { e164: string; because: string } | null;
};
