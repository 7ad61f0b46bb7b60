import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { beforeInTime, inOneStatement, iso, pageOf, position } from './reading.ts';
import type { Page, PageRequest, Position } from './reading.ts';
import { rowsOf } from './rows.ts';

export type ConsentRow = {
  id: string;
  phone: string;
  kind: 'opt_in' | 'opt_out';
  channel: 'all' | 'sms' | 'voice';
  source: string;
  text: string | null;
  campaignId: string | null;
  messageId: string | null;
  createdAt: string;
};

const consentColumns = sql`
  k.id, k.phone, k.kind, k.channel, k.source, k.text, k.campaign_id as "campaignId", k.message_id as "messageId",
  ${iso(sql`k.created_at`)} as "createdAt"`;

/** A number's ledger, newest first: the newest row that is about a touch rules it. */
export async function listConsents(
  database: Database,
  scope: TenantScope,
  phone: string,
  page: PageRequest,
): Promise<Page<ConsentRow>> {
  const rows = await inOneStatement<ConsentRow & { position: Position }>(
    database,
    scope,
    sql`
      select ${consentColumns}, ${position(sql`k.created_at`, sql`k.id`)} from consents k
      where k.phone = ${phone} and ${beforeInTime(sql`k.created_at`, sql`k.id`, page.after)}
      order by k.created_at desc, k.id desc limit ${page.limit + 1}`,
  );
  return pageOf(rows, page.limit);
}

/** What the person said by themselves; no other source can be undone without their words. */
export const ownWords = ['keyword', 'reply', 'carrier', 'review'] as const;

export type NewConsent = Pick<ConsentRow, 'phone' | 'kind' | 'channel' | 'source' | 'text' | 'campaignId'>;

/**
 * Enters what somebody has learned of a person's consent. Lock the lane first. An opt-out reaches the journeys through
 * the inbox, in the same transaction.
 *
 * `words_required`: the person has opted out in their own words and has not opted in since, so that only their own
 * written words undo it. `unknown_campaign`: there is none, or consent is not kept by campaign.
 */
export async function addConsent(
  tx: TenantTransaction,
  organizationId: string,
  consent: NewConsent,
  actor: Actor,
): Promise<ConsentRow | 'words_required' | 'unknown_campaign'> {
  const { phone, kind, channel, campaignId } = consent;
  const [known] = await rowsOf<{ refused: boolean; campaignKnown: boolean }>(
    tx,
    sql`
      select exists (
        select from consents k where k.phone = ${phone} and k.kind = 'opt_out' and k.source in ${[...ownWords]}
          and k.created_at > coalesce((select max(i.created_at) from consents i
            where i.phone = ${phone} and i.kind = 'opt_in' and i.channel in ('all', ${channel})), '-infinity')) as refused,
        ${campaignId}::uuid is null or (o.settings ->> 'optOutScope' = 'campaign'
          and exists (select from campaigns c where c.id = ${campaignId}::uuid)) as "campaignKnown"
      from organizations o where o.id = ${organizationId}`,
  );
  if (!known!.campaignKnown) return 'unknown_campaign';
  if (kind === 'opt_in' && known!.refused && consent.text === null) return 'words_required';
  const [row] = await rowsOf<ConsentRow>(
    tx,
    sql`
      with k as (
        insert into consents (organization_id, phone, kind, channel, source, text, campaign_id)
        values (${organizationId}::uuid, ${phone}, ${kind}, ${channel}, ${consent.source}, ${consent.text},
          ${campaignId}::uuid) returning *)
      select ${consentColumns} from k`,
  );
  await recordAudit(tx, organizationId, actor, {
    action: 'consent.record',
    subjectType: 'consent',
    subjectId: row!.id,
    data: { kind, channel, source: consent.source },
  });
  return row!;
}

/**
 * Puts what a person wrote into the ledger: once a message, as of when it was received. An opt-out from everything also
 * answers whatever review of that number is open. Lock the lane first.
 */
export async function recordWords(
  tx: TenantTransaction,
  organizationId: string,
  said: {
    phone: string;
    kind: 'opt_in' | 'opt_out';
    source: 'keyword' | 'reply';
    text: string;
    messageId: string;
    campaignId: string | null;
    repeats: boolean;
    receivedAt: string;
  },
): Promise<void> {
  await tx.execute(sql`
    with said as (
      insert into consents (organization_id, phone, kind, source, text, message_id, campaign_id, repeats, created_at)
      values (${organizationId}::uuid, ${said.phone}, ${said.kind}, ${said.source}, ${said.text}, ${said.messageId}::uuid,
        ${said.campaignId}::uuid, ${said.repeats}, ${said.receivedAt}::timestamptz)
      on conflict (organization_id, message_id) do nothing returning *),
    answered as (
      update consent_reviews r set resolution = 'opt_out', resolved_at = app_now() from said
      where said.kind = 'opt_out' and said.campaign_id is null and r.phone = said.phone and r.resolved_at is null
      returning r.organization_id, r.message_id)
    update tasks t set status = 'done'
    from answered a join sms_messages m on (m.organization_id, m.id) = (a.organization_id, a.message_id)
    where t.lead_id = m.lead_id and t.kind = 'consent_review' and t.status = 'open'`);
}

/** The opt-out of which the journeys of its number have to hear. */
export async function readOptOut(
  tx: TenantTransaction,
  consentId: string,
): Promise<{ phone: string; campaignId: string | null } | null> {
  const [row] = await rowsOf<{ phone: string; campaignId: string | null }>(
    tx,
    sql`select phone, campaign_id as "campaignId" from consents where id = ${consentId}`,
  );
  return row ?? null;
}
