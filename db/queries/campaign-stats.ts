import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
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

/*
 * Each count by itself, because a count of index entries needs no look at what they hold. `c` is the campaign.
 */

const journeys = (status: JourneyStatus) => sql`
  (select count(*) from launches la join journeys j on j.launch_id = la.id
    where la.campaign_id = c.id and j.status = ${sql.raw(`'${status}'`)})`;

const texts = (state: SQL) => sql`
  (select count(*) from sms_messages m
    where m.campaign_id = c.id and m.direction = 'outbound' and m.state ${state})`;

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
      select jsonb_build_object('active', ${journeys('active')}, 'paused', ${journeys('paused')},
          'completed', ${journeys('completed')}, 'removed', ${journeys('removed')}, 'failed', ${journeys('failed')}) as journeys,
        jsonb_build_object('sent', ${texts(sql`= 'sent'`)}, 'failed', ${texts(sql`in ('failed', 'unknown')`)},
          'refused', ${texts(sql`= 'refused'`)}, 'received', (select count(*) from sms_messages r
            where r.direction = 'inbound' and r.campaign_id is null and exists (select from journeys j
              where j.lead_id = r.lead_id and j.campaign_id = c.id and r.created_at >= j.created_at))) as texts,
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
