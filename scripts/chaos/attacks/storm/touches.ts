import { mintCampaign, mintLaunch, mintOrganization } from '#db/testing/factories.ts';
import type { OwnDatabase } from '../own-database.ts';

export type Touch = {
  id: string;
  organizationId: string;
  channel: 'sms' | 'call';
  sid: string;
  phone: string;
  ourNumber: string;
  workflowId: string;
};

export type TouchedOrganization = {
  organizationId: string;
  number: string;
  texts: Touch[];
  calls: Touch[];
};

/**
 * An organisation that has just texted and called that many leads, each in a journey of their own. The answer to every
 * second text's request was never heard: its first callback brings the sid.
 */
export async function mintTouches(
  { database, asOwner }: OwnDatabase,
  count: { texts: number; calls: number },
): Promise<TouchedOrganization> {
  const { organizationId, number } = await mintOrganization(database);
  const campaign = await mintCampaign(database, organizationId);
  const launchId = await mintLaunch(database, organizationId, campaign, []);
  const { campaignId, versionId } = campaign;

  async function mint(channel: Touch['channel'], first: number, size: number): Promise<Touch[]> {
    const own =
      channel === 'sms'
        ? `insert into sms_messages (organization_id, direction, kind, lead_id, journey_id, touch_key, phone, our_number,
             requests, state, provider_sid, carrier_status, body)
           select $1, 'outbound', 'automated', lead_id, id, 'text:1', phone, $6, 1,
             case when nr % 2 = 0 then 'sent' else 'sending' end, case when nr % 2 = 0 then sid end,
             case when nr % 2 = 0 then 'accepted' end, 'Hello' from touched`
        : `insert into call_logs (organization_id, direction, lead_id, journey_id, touch_key, phone, our_number,
             requests, state, provider_sid, carrier_status, attempt)
           select $1, 'outbound', lead_id, id, 'ring:1:1', phone, $6, 1, 'sent', sid, 'queued', 1 from touched`;
    return asOwner<Touch>(
      `with lead as (
         insert into leads (organization_id, phone, raw_phone, first_name, time_zones)
         select $1, phone, phone, 'Ada', '{UTC}'::text[]
         from (select '+1206' || lpad((5550000 + nr)::text, 7, '0') as phone from generate_series($7::int, $8::int) nr) p
         returning id, phone),
       journey as (
         insert into journeys (organization_id, id, lead_id, launch_id, workflow_id, campaign_id, version_id)
         select $1, gen_random_uuid(), id, $2, 'journey-' || id, $3, $4 from lead returning id, lead_id, workflow_id),
       touched as (
         select j.id, j.lead_id, j.workflow_id, l.phone, row_number() over (order by l.phone) as nr,
           $5::text || md5(j.id::text) as sid
         from journey j join lead l on l.id = j.lead_id),
       made as (${own} returning id, journey_id)
       select m.id, $1::uuid as "organizationId", '${channel}' as channel, t.sid, t.phone, $6::text as "ourNumber",
         t.workflow_id as "workflowId"
       from made m join touched t on t.id = m.journey_id order by t.nr`,
      [
        organizationId,
        launchId,
        campaignId,
        versionId,
        channel === 'sms' ? 'SM' : 'CA',
        number,
        first,
        first + size - 1,
      ],
    );
  }
  const texts = await mint('sms', 0, count.texts);
  const calls = await mint('call', count.texts, count.calls);
  return { organizationId, number, texts, calls };
}
