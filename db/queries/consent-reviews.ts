import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { answeredCampaign, lockLane } from './lanes.ts';
import { beforeInTime, inOneStatement, iso, pageOf, position } from './reading.ts';
import type { Page, PageRequest, Position } from './reading.ts';
import { rowsOf } from './rows.ts';

export type Resolution = 'opt_out' | 'continue';

export type ConsentReviewRow = {
  id: string;
  phone: string;
  message: { id: string; body: string; receivedAt: string };
  lead: { id: string; name: string } | null;
  resolution: Resolution | null;
  resolvedAt: string | null;
  createdAt: string;
};

const reviewColumns = sql`
  r.id, r.phone, r.resolution, ${iso(sql`r.resolved_at`)} as "resolvedAt", ${iso(sql`r.created_at`)} as "createdAt",
  jsonb_build_object('id', m.id, 'body', m.body, 'receivedAt', ${iso(sql`m.created_at`)}) as message,
  case when l.id is not null then
    jsonb_build_object('id', l.id, 'name', trim(l.first_name || ' ' || l.last_name)) end as lead`;

const reviewTables = sql`
  consent_reviews r join sms_messages m on (m.organization_id, m.id) = (r.organization_id, r.message_id)
    left join leads l on (l.organization_id, l.id) = (m.organization_id, m.lead_id)`;

/** Newest first; those of a lead are those of its number. */
export async function listConsentReviews(
  database: Database,
  scope: TenantScope,
  { status, leadId }: { status?: 'open' | 'resolved' | undefined; leadId?: string | undefined },
  page: PageRequest,
): Promise<Page<ConsentReviewRow>> {
  const which =
    status === undefined
      ? sql`true`
      : status === 'open'
        ? sql`r.resolved_at is null`
        : sql`r.resolved_at is not null`;
  const whose =
    leadId === undefined ? sql`true` : sql`r.phone = (select phone from leads where id = ${leadId})`;
  const rows = await inOneStatement<ConsentReviewRow & { position: Position }>(
    database,
    scope,
    sql`
      select ${reviewColumns}, ${position(sql`r.created_at`, sql`r.id`)} from ${reviewTables}
      where ${which} and ${whose} and ${beforeInTime(sql`r.created_at`, sql`r.id`, page.after)}
      order by r.created_at desc, r.id desc limit ${page.limit + 1}`,
  );
  return pageOf(rows, page.limit);
}

/**
 * Asks a person to read a reply: once a message, and with one task as long as reviews of that number are open. Until then
 * the gate holds what is automated.
 */
export async function openConsentReview(
  tx: TenantTransaction,
  organizationId: string,
  reply: { phone: string; messageId: string; leadId: string | null },
): Promise<void> {
  await tx.execute(sql`
    with opened as (
      insert into consent_reviews (organization_id, phone, message_id)
      values (${organizationId}::uuid, ${reply.phone}, ${reply.messageId}::uuid)
      on conflict (organization_id, message_id) do nothing returning *),
    told as (
      insert into events (organization_id, type, lead_id, data)
      select organization_id, 'consent_review.opened', ${reply.leadId}::uuid, jsonb_build_object('reviewId', id) from opened)
    insert into tasks (organization_id, lead_id, journey_id, kind, title)
    select organization_id, ${reply.leadId}::uuid,
      (select id from journeys where lead_id = ${reply.leadId}::uuid and status in ('active', 'paused')
        order by created_at desc limit 1),
      'consent_review', 'Is this reply an opt-out? Nothing automated goes out until somebody has said.'
    from opened where not exists (
      select from consent_reviews earlier where earlier.phone = opened.phone and earlier.resolved_at is null)`);
}

/**
 * Says what a reply was. An opt-out goes into the ledger as of now and answers every open review of the number; the
 * journeys hear of either through the inbox, in the same transaction. Saying the same again changes nothing.
 */
export async function resolveConsentReview(
  tx: TenantTransaction,
  organizationId: string,
  id: string,
  resolution: Resolution,
  actor: Actor,
): Promise<
  { outcome: 'resolved'; review: ConsentReviewRow } | { outcome: 'not_found' | 'resolved_otherwise' }
> {
  const [found] = await rowsOf<{ phone: string }>(
    tx,
    sql`select phone from consent_reviews where id = ${id}`,
  );
  if (!found) return { outcome: 'not_found' };
  await lockLane(tx, organizationId, found.phone);
  const [changed] = await rowsOf(
    tx,
    sql`
      update consent_reviews set resolution = ${resolution}, resolved_by = ${actor.userId}::uuid, resolved_at = app_now()
      where id = ${id} and resolved_at is null returning id`,
  );
  if (changed) await followUp(tx, organizationId, { id, phone: found.phone, resolution }, actor);
  const [review] = await rowsOf<ConsentReviewRow>(
    tx,
    sql`select ${reviewColumns} from ${reviewTables} where r.id = ${id}`,
  );
  return review!.resolution === resolution
    ? { outcome: 'resolved', review: review! }
    : { outcome: 'resolved_otherwise' };
}

async function followUp(
  tx: TenantTransaction,
  organizationId: string,
  review: { id: string; phone: string; resolution: Resolution },
  actor: Actor,
): Promise<void> {
  const { id, phone, resolution } = review;
  if (resolution === 'opt_out') {
    await tx.execute(sql`
      insert into consents (organization_id, phone, kind, source, text, message_id, campaign_id)
      select m.organization_id, m.phone, 'opt_out', 'review', m.body, m.id,
        ${answeredCampaign(sql`m.phone`, sql`m.our_number`, sql`m.created_at`)}
      from consent_reviews r join sms_messages m on (m.organization_id, m.id) = (r.organization_id, r.message_id)
        join organizations o on o.id = m.organization_id
      where r.id = ${id} on conflict (organization_id, message_id) do nothing`);
    await tx.execute(sql`
      update consent_reviews set resolution = 'opt_out', resolved_by = ${actor.userId}::uuid, resolved_at = app_now()
      where phone = ${phone} and resolved_at is null`);
  }
  await tx.execute(sql`
    with told as (
      insert into events (organization_id, type, data)
      values (${organizationId}::uuid, 'consent_review.resolved',
        jsonb_build_object('reviewId', ${id}::text, 'resolution', ${resolution}::text))),
    queued as (
      insert into webhook_inbox (organization_id, kind, dedupe_key, payload)
      values (${organizationId}::uuid, 'review', ${id}, jsonb_build_object('reviewId', ${id}::text)))
    update tasks t set status = 'done'
    from consent_reviews r join sms_messages m on (m.organization_id, m.id) = (r.organization_id, r.message_id)
    where r.phone = ${phone} and t.lead_id = m.lead_id and t.kind = 'consent_review' and t.status = 'open'
      and not exists (select from consent_reviews still where still.phone = ${phone} and still.resolved_at is null)`);
  await recordAudit(tx, organizationId, actor, {
    action: 'consent_review.resolve',
    subjectType: 'consent_review',
    subjectId: id,
    data: { resolution },
  });
}

/** What the journeys of a number have to hear of a resolved review. */
export async function readResolvedReview(
  tx: TenantTransaction,
  id: string,
): Promise<{ phone: string; resolution: Resolution; campaignId: string | null } | null> {
  const [row] = await rowsOf<{ phone: string; resolution: Resolution; campaignId: string | null }>(
    tx,
    sql`
      select r.phone, r.resolution, k.campaign_id as "campaignId" from consent_reviews r
        left join consents k on (k.organization_id, k.message_id) = (r.organization_id, r.message_id)
      where r.id = ${id} and r.resolved_at is not null`,
  );
  return row ?? null;
}
