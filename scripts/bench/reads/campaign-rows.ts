import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Database } from '#db/database.ts';
import { mintCampaign, mintLaunch } from '#db/testing/factories.ts';

/**
 * A campaign through which every lead of the organisation goes: a journey each, two texts, an answer of every fifth, a call
 * and a disposition of every second.
 */
export async function mintCampaignRows(
  database: Database,
  owner: pg.Pool,
  organizationId: string,
): Promise<{ campaignId: string; launchId: string; pipelineId: string }> {
  const campaign = await mintCampaign(database, organizationId);
  const launchId = await mintLaunch(database, organizationId, campaign, []);
  const fill = (statement: string, values: unknown[] = []) =>
    owner.query(statement, [organizationId, ...values]);
  await fill(
    `insert into journeys (organization_id, lead_id, campaign_id, launch_id, version_id, workflow_id, status, waiting_for,
       waiting_until, created_at)
     select organization_id, id, $2, $3, $4, 'bench-' || id, (array['active', 'active', 'paused', 'completed', 'removed'])[1 + luck % 5],
       case when luck % 5 < 3 then 'reply' end, case when luck % 5 < 3 then now() + interval '1 day' end, now() - interval '9 days'
     from (select *, hashtext(id::text) & 2147483647 as luck from leads where organization_id = $1) l`,
    [campaign.campaignId, launchId, campaign.versionId],
  );
  await fill(
    `insert into launch_members (organization_id, launch_id, lead_id, position, state, journey_id)
     select organization_id, launch_id, lead_id, row_number() over (order by lead_id), 'started', id from journeys
     where organization_id = $1`,
  );
  await fill(
    `insert into sms_messages (organization_id, direction, kind, state, lead_id, journey_id, campaign_id, phone, our_number, body,
       touch_key, created_at)
     select j.organization_id, 'outbound', 'automated', case when (hashtext(j.id::text) + nr) % 20 = 0 then 'refused' else 'sent' end,
       j.lead_id, j.id, j.campaign_id, l.phone, '+12125550142', 'Hi there, this is a text of the usual length.', 'text:' || nr,
       now() - (9 - nr) * interval '1 day'
     from journeys j join leads l on l.organization_id = j.organization_id and l.id = j.lead_id, generate_series(1, 2) nr
     where j.organization_id = $1`,
  );
  await fill(
    `insert into sms_messages (organization_id, direction, kind, state, lead_id, phone, our_number, body, created_at)
     select j.organization_id, 'inbound', 'inbound', 'received', j.lead_id, l.phone, '+12125550142', 'Yes, please.', now()
     from journeys j join leads l on l.organization_id = j.organization_id and l.id = j.lead_id
     where j.organization_id = $1 and hashtext(j.id::text) % 5 = 0`,
  );
  await fill(
    `insert into call_logs (organization_id, direction, state, lead_id, journey_id, campaign_id, phone, touch_key, outcome)
     select organization_id, 'outbound', 'sent', lead_id, id, campaign_id, '+12025550100', 'call:1',
       (array['answered', 'voicemail', 'busy', 'no_answer'])[1 + (hashtext(id::text) & 3)]
     from journeys where organization_id = $1 and hashtext(id::text) % 2 = 0`,
  );
  await fill(
    `insert into disposition_metrics (organization_id, lead_id, journey_id, campaign_id, disposition_id, disposition, set_by,
       application_key)
     select j.organization_id, j.lead_id, j.id, j.campaign_id, d.id, d.code, 'system', $2
     from journeys j join dispositions d
       on d.organization_id = j.organization_id and d.position = (hashtext(j.lead_id::text) & 7)
     where j.organization_id = $1 and hashtext(j.id::text) % 2 = 0`,
    [randomUUID()],
  );
  for (const table of ['journeys', 'launch_members', 'sms_messages', 'call_logs', 'disposition_metrics'])
    await owner.query(`vacuum analyze ${table}`);
  const { rows } = await owner.query<{ id: string }>(
    'select id from pipelines where organization_id = $1 and is_default',
    [organizationId],
  );
  return { campaignId: campaign.campaignId, launchId, pipelineId: rows[0]!.id };
}
