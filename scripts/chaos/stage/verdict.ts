import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from './stage.ts';

/** Promises that were broken, each by how often. */
export type Verdict = {
  /** A person got the same touch more than once. */
  duplicates: number;
  /** Journeys that have not come to their end. */
  lost: number;
  /** Journeys that ended as failed. */
  failed: number;
  /** Touches of which nobody knows the outcome and nobody was told. */
  unresolved: number;
  /** Touches that the carrier has and our ledger has not, or the other way round. */
  mismatches: number;
};

/** Waits until no journey of the organisation is on its way any more; false when it takes too long. */
export async function allEnded(stage: Stage, organizationId: string, withinMs: number): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(250)) {
    if ((await countActive(stage, organizationId)) === 0) return true;
  }
  return false;
}

export async function countActive(stage: Stage, organizationId: string): Promise<number> {
  return count(
    stage,
    `select count(*)::int as n from journeys where status = 'active' and organization_id = $1`,
    [organizationId],
  );
}

/** Judges by the carrier's ledger, in which each lead is to have each kind of touch at most once, and by the tables. */
export async function judge(stage: Stage, organizationId: string): Promise<Verdict> {
  const { texts, calls } = stage.ledger;
  const touches = `
    select 'sms_messages' as channel, id, state, provider_sid, journey_id from sms_messages
    where organization_id = $1 and direction = 'outbound'
    union all select 'call_logs', id, state, provider_sid, journey_id from call_logs
    where organization_id = $1 and direction = 'outbound'`;
  const unresolved = await count(
    stage,
    `select count(*)::int as n from (${touches}) t where state in ('reserved', 'sending') or (state = 'unknown'
       and not exists (select from tasks k where k.journey_id = t.journey_id and k.kind = 'unknown_outcome'))`,
    [organizationId],
  );
  const rows = await stage.asOwner<{ sid: string }>(
    `select provider_sid as sid from (${touches}) t where state = 'sent' or provider_sid is not null`,
    [organizationId],
  );
  const ours = new Set(rows.map(({ sid }) => sid));
  const theirs = [...texts, ...calls].filter(({ statusCallbackUrl }) =>
    statusCallbackUrl?.includes(organizationId),
  );
  const unknowns = await count(
    stage,
    `select count(*)::int as n from (${touches}) t where state = 'unknown' and provider_sid is null`,
    [organizationId],
  );
  const unclaimed = theirs.filter(({ sid }) => !ours.has(sid)).length;
  const known = new Set(theirs.map(({ sid }) => sid));
  return {
    duplicates: repeated(texts) + repeated(calls),
    lost: await countActive(stage, organizationId),
    failed: await count(
      stage,
      `select count(*)::int as n from journeys where status = 'failed' and organization_id = $1`,
      [organizationId],
    ),
    unresolved,
    // One that a person was asked about may or may not be at the carrier: both are what was told.
    mismatches: Math.max(0, unclaimed - unknowns) + rows.filter(({ sid }) => !known.has(sid)).length,
  };
}

/** How many more than one each person got. */
function repeated(touches: readonly { to: string }[]): number {
  return touches.length - new Set(touches.map(({ to }) => to)).size;
}

export function failuresOf(verdict: Record<string, number>): number {
  return Object.values(verdict).reduce((sum, each) => sum + each, 0);
}

/** In words, for a note. */
export function describeVerdict(verdict: Record<string, number>): string {
  return Object.entries(verdict)
    .map(([name, each]) => `${name} ${each}`)
    .join(', ');
}

async function count(stage: Stage, text: string, values: unknown[]): Promise<number> {
  const [row] = await stage.asOwner<{ n: number }>(text, values);
  return row!.n;
}
