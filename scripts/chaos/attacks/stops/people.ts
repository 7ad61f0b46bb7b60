import { zoneWhereItIsNoon, mintCampaign, mintLaunch, mintOrganization } from '#db/testing/factories.ts';
import type { OwnDatabase } from '../own-database.ts';

/** Somebody who is due for a text, and about to write STOP. */
export type Person = { organizationId: string; journeyId: string; phone: string; ourNumber: string };

/** People with a number of their own each, enrolled into campaigns of several organisations. */
export async function mintPeople(own: OwnDatabase, count: number, organizations: number): Promise<Person[]> {
  const people: Person[] = [];
  for (let nr = 0; nr < organizations; nr += 1) {
    const { organizationId, number } = await mintOrganization(own.database);
    const campaign = await mintCampaign(own.database, organizationId);
    const launchId = await mintLaunch(own.database, organizationId, campaign, []);
    const share = Math.floor(count / organizations) + (nr < count % organizations ? 1 : 0);
    const rows = await own.asOwner<{ journeyId: string; phone: string }>(
      `with lead as (
         insert into leads (organization_id, phone, raw_phone, first_name, time_zones)
         select $1::uuid, phone, phone, 'Ada', array[$2::text]
         from generate_series(1, $3::int) n, lateral (select '+1202' || ($4::int * 1000000 + 2000000 + n)::text as phone) p
         returning id, phone),
       journey as (
         insert into journeys (organization_id, lead_id, campaign_id, version_id, launch_id, workflow_id)
         select $1::uuid, id, $5::uuid, $6::uuid, $7::uuid, $1::uuid::text || '/journey/' || $5::uuid::text || '/' || id::text from lead returning id, lead_id)
       select j.id as "journeyId", l.phone from journey j join lead l on l.id = j.lead_id`,
      [
        organizationId,
        zoneWhereItIsNoon(new Date()),
        share,
        nr,
        campaign.campaignId,
        campaign.versionId,
        launchId,
      ],
    );
    people.push(...rows.map((row) => ({ ...row, organizationId, ourNumber: number })));
  }
  return people;
}
