import { sql } from 'drizzle-orm';
import type { CallOutcome } from '#domain/carrier-status.ts';
import type { JourneyStatus } from '#domain/journey/state.ts';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { inOneStatement } from './reading.ts';

export type CampaignStatsRow = {
  journeys: Record<JourneyStatus, number>;
  texts: { sent: number; failed: number; refused: number; received: number };
  calls: Record<CallOutcome, number>;
  dispositions: { code: string; label: string; count: number }[];
};

/**
 * What came of a campaign, in numbers. Texts count as sent once the carrier has them, as failed also when nobody can say;
 * a text of a lead is one of the campaign's when it came in since the lead's journey began. Null when there is no such
 * campaign.
 */
export async function readCampaignStats(
  database: Database,
  scope: TenantScope,
  campaignId: string,
): Promise<CampaignStatsRow | null> {
  const [row] = await inOneStatement<CampaignStatsRow>(
    database,
    scope,
    sql`
      select '{"active": 0, "paused": 0, "completed": 0, "removed": 0, "failed": 0}'::jsonb ||
          (select coalesce(jsonb_object_agg(status, number), '{}')
            from (select j.status, count(*) as number from journeys j
              where j.launch_id in (select la.id from launches la where la.campaign_id = c.id) group by j.status) j) as journeys,
        (select jsonb_build_object('sent', count(*) filter (where m.state = 'sent'),
            'failed', count(*) filter (where m.state in ('failed', 'unknown')),
            'refused', count(*) filter (where m.state = 'refused'))
          from sms_messages m where m.campaign_id = c.id) || jsonb_build_object('received',
          (select count(*) from sms_messages r
              join journeys j on (j.organization_id, j.lead_id) = (r.organization_id, r.lead_id)
            where r.direction = 'inbound' and j.campaign_id = c.id and r.created_at >= j.created_at)) as texts,
        '{"answered": 0, "voicemail": 0, "busy": 0, "no_answer": 0, "failed": 0}'::jsonb ||
          (select coalesce(jsonb_object_agg(outcome, number), '{}')
            from (select k.outcome, count(*) as number from call_logs k
              where k.campaign_id = c.id and k.outcome is not null group by k.outcome) k) as calls,
        (select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'label', d.label, 'count', m.number)
            order by m.number desc, d.code), '[]')
          from (select disposition_id, count(*)::int as number from disposition_metrics
              where campaign_id = c.id group by disposition_id) m
            join dispositions d on d.id = m.disposition_id) as dispositions
      from campaigns c where c.id = ${campaignId}`,
  );
  return row ?? null;
}
