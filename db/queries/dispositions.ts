import { sql } from 'drizzle-orm';
import type { DispositionResult, DispositionSetter } from '#domain/disposition.ts';
import type { TenantTransaction } from '../tenant.ts';
import { insertCallback } from './callbacks.ts';
import { survivorOf } from './lead-union.ts';
import { rowsOf } from './rows.ts';
import { findOrCreateStage, moveLeads } from './stages.ts';

export type DispositionApplication = {
  leadId: string;
  journeyId: string | null;
  disposition: string;
  setBy: DispositionSetter;
  userId: string | null;
  /** 0–1; null when nobody estimated it. */
  confidence: number | null;
  /** The touch or request that caused it: the same key again changes nothing and answers the same. */
  applicationKey: string;
  metadata: Record<string, unknown>;
};

type Rules = {
  id: string;
  lead_status: string | null;
  stage: string | null;
  auto_create_stage: boolean;
  remove_from_campaigns: boolean;
  add_to_dnc: boolean;
  callback_after_minutes: number | null;
  follow_up_task: string | null;
};

type LeadRow = {
  id: string;
  phone: string;
  status: string;
  stage_id: string | null;
  pipeline_id: string | null;
};

/**
 * Applies a disposition with all that follows from it (status, stage, do-not-call, callback, task, metrics), whole or
 * not at all. Other journeys of the lead are the caller's to remove, after the transaction, when the answer says so.
 */
export async function applyDisposition(
  tx: TenantTransaction,
  asked: DispositionApplication,
): Promise<DispositionResult> {
  // The lead's row is the lock: two applications to one lead come one after the other.
  const [lead] = await rowsOf<LeadRow>(
    tx,
    sql`select id, phone, status, stage_id, pipeline_id from leads where id = ${survivorOf(asked.leadId)} for update`,
  );
  if (!lead) throw new Error('The lead of this disposition does not exist');
  const request = { ...asked, leadId: lead.id };
  // Before the rules are looked at: they may have changed since, and what was applied under this key stays applied.
  const [earlier] = await rowsOf<{ removes: boolean }>(
    tx,
    sql`
      select d.remove_from_campaigns as removes
      from disposition_metrics m join dispositions d on (d.organization_id, d.id) = (m.organization_id, m.disposition_id)
      where m.lead_id in (${lead.id}, ${asked.leadId}) and m.application_key = ${request.applicationKey}`,
  );
  if (earlier) return { outcome: 'applied', removedFromCampaigns: earlier.removes };
  const [rules] = await rowsOf<Rules>(
    tx,
    sql`select * from dispositions where code = ${request.disposition} and archived_at is null`,
  );
  if (!rules) return { outcome: 'refused', code: 'UNKNOWN_DISPOSITION' };
  const applied: DispositionResult = {
    outcome: 'applied',
    removedFromCampaigns: rules.remove_from_campaigns,
  };

  let stageId = lead.stage_id;
  if (rules.stage !== null) {
    const { stage: name } = rules;
    const stage = await findOrCreateStage(tx, lead.pipeline_id, name, rules.auto_create_stage);
    const moved =
      stage &&
      stage.id !== lead.stage_id &&
      (await moveLeads(tx, sql`l.id = ${request.leadId}`, {
        stageId: stage.id,
        journeyId: request.journeyId,
        setBy: request.setBy,
        userId: request.userId,
        reason: `disposition:${request.disposition}`,
        applicationKey: request.applicationKey,
      }));
    // Not there, or archived since it was found.
    if (!stage || moved === 0) {
      return {
        outcome: 'refused',
        code: 'PIPELINE_STAGE_NOT_FOUND',
        stage: name,
        requiredAction: 'create_pipeline_stage',
      };
    }
    stageId = stage.id;
  }
  const status = rules.lead_status ?? lead.status;
  if (status !== lead.status) {
    await tx.execute(
      sql`update leads set status = ${status}, updated_at = app_now() where id = ${request.leadId}`,
    );
  }
  if (rules.add_to_dnc) {
    await tx.execute(sql`
      insert into dnc_entries (organization_id, phone, list, reason)
      select organization_id, phone, 'own', ${`disposition:${request.disposition}`} from leads where id = ${request.leadId} and phone <> ''
      on conflict do nothing`);
  }
  if (rules.callback_after_minutes !== null) {
    await insertCallback(tx, {
      leadId: request.leadId,
      journeyId: request.journeyId,
      campaignId: await campaignOf(tx, request.journeyId),
      dueAt: sql`app_now() + make_interval(mins => ${rules.callback_after_minutes}::int)`,
      say: null,
      note: null,
      source: request.setBy,
      userId: request.userId,
      requestKey: callbackKeyOf(request),
    });
  }
  if (rules.follow_up_task !== null) {
    await tx.execute(sql`
      insert into tasks (organization_id, lead_id, journey_id, kind, title)
      select organization_id, id, ${request.journeyId}::uuid, 'follow_up', ${rules.follow_up_task}
      from leads where id = ${request.leadId}`);
  }
  await recordMetrics(tx, request, rules.id, { status, stageId }, lead);
  return applied;
}

/** Under which key the callback that a disposition promises is found again. */
export function callbackKeyOf({ applicationKey }: Pick<DispositionApplication, 'applicationKey'>): string {
  return `disposition:${applicationKey}`;
}

async function campaignOf(tx: TenantTransaction, journeyId: string | null): Promise<string | null> {
  if (journeyId === null) return null;
  const [row] = await rowsOf<{ campaignId: string }>(
    tx,
    sql`select campaign_id as "campaignId" from journeys where id = ${journeyId}`,
  );
  return row?.campaignId ?? null;
}

/**
 * Time to disposition counts from the last contact with this lead, the call or text that it is about; null when there was
 * none.
 */
async function recordMetrics(
  tx: TenantTransaction,
  request: DispositionApplication,
  dispositionId: string,
  next: { status: string; stageId: string | null },
  previous: LeadRow,
): Promise<void> {
  await tx.execute(sql`
    with metric as (
      insert into disposition_metrics (organization_id, lead_id, journey_id, campaign_id, disposition_id, disposition,
        set_by, user_id, confidence, time_to_disposition_seconds, previous_status, new_status, previous_stage_id,
        new_stage_id, metadata, application_key)
      select l.organization_id, l.id, ${request.journeyId}::uuid,
        (select campaign_id from journeys where id = ${request.journeyId}::uuid), ${dispositionId}::uuid,
        ${request.disposition}, ${request.setBy}, ${request.userId}::uuid, ${request.confidence}::numeric,
        (select greatest(0, extract(epoch from app_now() - contact.at))::int from (select greatest(
            (select max(coalesce(c.ended_at, c.sending_at, c.created_at)) from call_logs c
              where c.lead_id = l.id and c.state not in ('reserved', 'refused', 'failed')),
            (select max(coalesce(m.sending_at, m.created_at)) from sms_messages m
              where m.lead_id = l.id and m.state not in ('reserved', 'refused', 'failed'))) as at) contact
          where contact.at is not null),
        ${previous.status}, ${next.status}, ${previous.stage_id}::uuid, ${next.stageId}::uuid,
        ${JSON.stringify(request.metadata)}::jsonb, ${request.applicationKey}
      from leads l where l.id = ${request.leadId}
      returning organization_id, lead_id, journey_id)
    insert into events (organization_id, type, lead_id, journey_id, data)
    select organization_id, 'disposition.applied', lead_id, journey_id,
      jsonb_build_object('disposition', ${request.disposition}::text, 'setBy', ${request.setBy}::text)
    from metric`);
}

/** The journeys of this lead that still run, in any campaign: those a removing disposition ends. */
export async function runningJourneysOfLead(
  tx: TenantTransaction,
  leadId: string,
): Promise<{ id: string; workflowId: string }[]> {
  return rowsOf(
    tx,
    sql`select id, workflow_id as "workflowId" from journeys where lead_id = ${survivorOf(leadId)} and status in ('active', 'paused')`,
  );
}
