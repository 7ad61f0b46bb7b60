import { sql } from 'drizzle-orm';
import { dayMs } from '#domain/duration.ts';
import { checkTemplate } from '#domain/journey/template-variables.ts';
import { instantOfLocalTime } from '#domain/local-time.ts';
import { recordAudit } from '#db/queries/audit.ts';
import type { Actor } from '#db/queries/audit.ts';
import { factsForCallback, findCallbackOfRequest, insertCallback } from '#db/queries/callbacks.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { Problem, invalid } from '../problem.ts';

export type CallbackRequest = CallbackTime & {
  leadId: string;
  journeyId?: string | undefined;
  campaignId?: string | undefined;
  say?: string | undefined;
  note?: string | undefined;
};

/** One of `dueAt` and `localTime` is given. */
type CallbackTime = {
  dueAt?: string | undefined;
  localTime?: string | undefined;
  timeZone?: string | undefined;
};

const furthestMs = 366 * dayMs;

/**
 * Writes a promise, or finds the one that the same request has made for this lead.
 * @throws Problem LEAD_NOT_FOUND, JOURNEY_NOT_FOUND, CAMPAIGN_NOT_FOUND, or what is wrong with time and words
 */
export async function makeCallback(
  tx: TenantTransaction,
  organizationId: string,
  request: CallbackRequest,
  idempotencyKey: string | undefined,
  actor: Actor,
): Promise<{ id: string; replayed: boolean }> {
  const { leadId, say, note } = request;
  const facts = await factsForCallback(tx, request);
  if (!facts) throw missing('lead', 'leadId');
  const requestKey = idempotencyKey === undefined ? null : `request:${idempotencyKey}`;
  if (requestKey !== null) {
    // Before anything is judged: the first answer stands.
    const earlier = await findCallbackOfRequest(tx, leadId, requestKey);
    if (earlier) return { id: earlier.id, replayed: true };
  }
  if (request.journeyId !== undefined && !facts.journeyFound) throw missing('journey', 'journeyId');
  if (request.campaignId !== undefined && !facts.campaignFound) throw missing('campaign', 'campaignId');
  const [fault] = say === undefined ? [] : checkTemplate('', 'say', say);
  if (fault) throw invalid('say', fault.code, fault.message);
  const dueAt = dueAtOf(request, facts);

  const made = await insertCallback(tx, {
    leadId,
    journeyId: request.journeyId ?? null,
    campaignId: request.campaignId ?? facts.journeyCampaignId,
    dueAt: sql`${dueAt.toISOString()}::timestamptz`,
    say: say ?? null,
    note: note ?? null,
    source: actor.userId === null ? 'api' : 'manual',
    userId: actor.userId,
    requestKey,
  });
  if (!made) {
    // The same request came twice at once, and the other one was first.
    const earlier = requestKey === null ? null : await findCallbackOfRequest(tx, leadId, requestKey);
    if (!earlier) throw missing('lead', 'leadId');
    return { id: earlier.id, replayed: true };
  }
  await recordAudit(tx, organizationId, actor, {
    action: 'callback.create',
    subjectType: 'callback',
    subjectId: made.id,
    data: { dueAt: dueAt.toISOString() },
  });
  return { id: made.id, replayed: false };
}

/**
 * The instant that is asked for. A local time is one of the given zone, else of the first zone that the lead may be in.
 * @throws Problem BAD_LOCAL_TIME, UNKNOWN_TIME_ZONE, TIME_ZONE_NOT_KNOWN, NOT_IN_THE_FUTURE, TOO_FAR_AWAY
 */
export function dueAtOf(time: CallbackTime, { now, timeZones }: { now: Date; timeZones: string[] }): Date {
  const { dueAt, localTime } = time;
  const field = localTime === undefined ? 'dueAt' : 'localTime';
  const at = localTime === undefined ? new Date(dueAt!) : localInstant(localTime);
  const waitMs = at.getTime() - now.getTime();
  if (waitMs <= 0) throw invalid(field, 'NOT_IN_THE_FUTURE', 'This time is over.');
  if (waitMs > furthestMs) throw invalid(field, 'TOO_FAR_AWAY', 'This is more than a year away.');
  return at;

  function localInstant(text: string): Date {
    const zone = time.timeZone ?? timeZones[0];
    if (zone === undefined)
      throw invalid('timeZone', 'TIME_ZONE_NOT_KNOWN', 'Nobody knows where the lead is: give the time zone.');
    const instant = inZone(text, zone);
    if (instant === null) throw invalid('localTime', 'BAD_LOCAL_TIME', 'There is no such date or time.');
    return instant;
  }
}

function inZone(text: string, zone: string): Date | null {
  try {
    return instantOfLocalTime(text, zone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid('timeZone', 'UNKNOWN_TIME_ZONE', 'This is not a time zone like America/Chicago.');
  }
}

function missing(what: string, field: string): Problem {
  return new Problem(404, `${what.toUpperCase()}_NOT_FOUND`, `There is no such ${what}.`, { field });
}
