import { randomUUID } from 'node:crypto';
import { sampleJourney } from '#domain/journey/sample-journey.ts';
import type { Database } from '#db/database.ts';
import { leads } from '#db/schema/index.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintCampaign, mintLaunch, mintOrganization, mintPhone } from '#db/testing/factories.ts';

export type Cohort = { organizationId: string; leadIds: string[] };

/** An organisation with that many leads, none of them in a campaign yet. */
export async function makeCohort(database: Database, size: number): Promise<Cohort> {
  const { organizationId } = await mintOrganization(database);
  const rows = Array.from({ length: size }, () => {
    const phone = mintPhone();
    return { organizationId, id: randomUUID(), phone, rawPhone: phone, firstName: 'Ada' };
  });
  await withOrganization(database, systemScope(organizationId), (tx) => tx.insert(leads).values(rows));
  return { organizationId, leadIds: rows.map(({ id }) => id) };
}

/** A launch of the whole cohort into a new campaign of the sample journey: all is prepared, and nobody looked at. */
export async function prepareLaunch(database: Database, { organizationId, leadIds }: Cohort, count = leadIds.length) {
  const campaign = await mintCampaign(database, organizationId, { definition: process.env.WAITING ? { start:'w', steps:[{id:'w',kind:'wait',for:'9d',next:'e'},{id:'e',kind:'end'}]} : sampleJourney });
  const launchId = await mintLaunch(database, organizationId, campaign, leadIds.slice(0, count));
  return { organizationId, launchId, campaignId: campaign.campaignId };
}
