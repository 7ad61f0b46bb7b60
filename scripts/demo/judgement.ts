import { parse } from 'csv-parse/sync';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import { contactHours, plausibleStates } from '#domain/compliance/contact-hours.ts';
import { plausibleZones } from '#domain/compliance/lead-zones.ts';
import { hourMs, minuteMs } from '#domain/duration.ts';
import { defaultOrganizationSettings } from '#domain/organization.ts';
import { parsePhone } from '#domain/phone.ts';
import type { Ledger } from '#simulator/ledger.ts';
import { isStartKeyword } from '#simulator/carrier-keywords.ts';
import { countViolations, findViolations } from '#simulator/violations.ts';
import type { Violation } from '#simulator/violations.ts';

/** What our own tables claim to have sent; compared with the carrier's ledger, sid by sid. */
export type Claims = { texts: string[]; calls: string[]; inbound: string[]; unfinished: number };

/** The window, and how much earlier than the carrier's acceptance a decision may have been taken. */
const rules = {
  recentSmsWindowMs: 24 * hourMs,
  recentReplyWindowMs: 4 * hourMs,
  minimumCallSpacingMs: defaultOrganizationSettings.lane.callGapMinutes * minuteMs,
  toleranceMs: 5_000,
};

/**
 * Judges the run by the carrier's ledger and the file that was launched: none of our tables is asked, but for the last
 * count, which is how far they differ from the ledger.
 */
export function judge(ledger: Ledger, csv: Buffer, claims: Claims) {
  const places = placesByPhone(csv);
  const isOpen = (at: Date, phone: string) => {
    const place = places.get(phone) ?? placeOf({ phone });
    return contactHours({ now: at, ...place, channel: 'sms', settings: defaultCampaignSettings }).open;
  };
  const violations = findViolations(ledger, {
    ...rules,
    isOpen,
    isOptOutConfirmation: () => false,
    isOptIn: isStartKeyword,
  });
  return {
    violations,
    counts: { ...countViolations(violations), ledgerMismatch: mismatches(ledger, claims) },
  };
}

/** One line a broken promise, without phone numbers. */
export function describeViolation({ kind, sid, at, because }: Violation): string {
  return `${kind} ${sid ?? '(refused)'} at ${at.toISOString()}: ${because}`;
}

function mismatches(ledger: Ledger, claims: Claims): number {
  const taken = ledger.replies.filter(({ deliveredAt }) => deliveredAt !== null);
  return (
    difference(sids(ledger.texts), claims.texts) +
    difference(sids(ledger.calls), claims.calls) +
    difference(sids(taken), claims.inbound) +
    claims.unfinished
  );
}

function sids(rows: readonly { sid: string }[]): string[] {
  return rows.map(({ sid }) => sid);
}

/** How many are in one list and not in the other. */
function difference(left: string[], right: string[]): number {
  const [a, b] = [new Set(left), new Set(right)];
  return left.filter((sid) => !b.has(sid)).length + right.filter((sid) => !a.has(sid)).length;
}

type Place = { zones: string[]; states: string[] };

function placeOf(lead: {
  phone: string;
  state?: string | undefined;
  postalCode?: string | undefined;
}): Place {
  return { zones: plausibleZones(lead).zones, states: plausibleStates(lead) };
}

/** Every zone and state of every row's number and address; leads who share a phone are in all of them. */
function placesByPhone(csv: Buffer): Map<string, Place> {
  const places = new Map<string, Place>();
  const rows = parse(csv, {
    columns: true,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
  }) as Record<string, string>[];
  for (const row of rows) {
    for (const raw of Object.entries(row).filter(([name]) => /phone|mobile|cell/i.test(name))) {
      const phone = parsePhone(raw[1], 'US');
      if (!phone.ok) continue;
      const found = placeOf({
        phone: phone.e164,
        state: row.state,
        postalCode: row.zip ?? row.postal_code,
      });
      const known = places.get(phone.e164);
      places.set(phone.e164, {
        zones: [...new Set([...(known?.zones ?? []), ...found.zones])],
        states: [...new Set([...(known?.states ?? []), ...found.states])],
      });
    }
  }
  return places;
}
