import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import type { Database } from '#db/database.ts';
import { rowsOf } from '#db/queries/rows.ts';
import { leads } from '#db/schema/index.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintCampaign, mintLaunch, mintOrganization, mintPhone } from '#db/testing/factories.ts';

export type Cohort = { organizationId: string; leadIds: string[] };
export type PreparedLaunch = { organizationId: string; campaignId: string; launchId: string; count: number };

/** Begins with a wait: a worker does the least for it that it can do for a journey. */
const waitingJourney: JourneyDefinition = {
  start: 'wait',
  steps: [
    { id: 'wait', kind: 'wait', for: '30d', next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

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

/** A launch of the cohort's first leads into a new campaign; nobody has looked at its members yet. */
export async function prepareLaunch(
  database: Database,
  cohort: Cohort,
  count: number,
): Promise<PreparedLaunch> {
  const { organizationId } = cohort;
  const campaign = await mintCampaign(database, organizationId, { definition: waitingJourney });
  const launchId = await mintLaunch(database, organizationId, campaign, cohort.leadIds.slice(0, count));
  return { organizationId, campaignId: campaign.campaignId, launchId, count };
}

/** How many journeys of the launch have told the database where they rest. */
export async function countResting(database: Database, launch: PreparedLaunch): Promise<number> {
  const [row] = await withOrganization(database, systemScope(launch.organizationId), (tx) =>
    rowsOf<{ resting: number }>(
      tx,
      sql`select count(*)::int as resting from journeys where launch_id = ${launch.launchId} and waiting_for is not null`,
    ),
  );
  return row?.resting ?? 0;
}
