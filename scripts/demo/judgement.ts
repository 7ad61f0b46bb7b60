import { parse } from 'csv-parse/sync';
import { federalWindow, windowState } from '#domain/compliance/calling-window.ts';
import { plausibleZones } from '#domain/compliance/lead-zones.ts';
import { hourMs } from '#domain/duration.ts';
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
  minimumCallSpacingMs: 4 * hourMs,
  toleranceMs: 5_000,
};

/**
 * Judges the run by the carrier's ledger and the file that was launched: none of our tables is asked, but for the last
 * count, which is how far they differ from the ledger.
 */
export function judge(ledger: Ledger, csv: Buffer, claims: Claims) {
  const zones = zonesByPhone(csv);
  const isOpen = (at: Date, phone: string) =>
    windowState({
      now: at,
      zones: zones.get(phone) ?? plausibleZones({ phone }).zones,
      window: federalWindow,
    }).open;
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

/** Every zone of every row's number and address; leads who share a phone are in all of them. */
function zonesByPhone(csv: Buffer): Map<string, string[]> {
  const zones = new Map<string, string[]>();
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
      const found = plausibleZones({
        phone: phone.e164,
        state: row.state,
        postalCode: row.zip ?? row.postal_code,
      }).zones;
      zones.set(phone.e164, [...new Set([...(zones.get(phone.e164) ?? []), ...found])]);
    }
  }
  return zones;
}
