import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setPaused } from '#db/queries/pauses.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintCampaign, mintLaunch, mintOrganization, mintPhone } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import type { TellJourneysInput } from '#workflows/tell-journeys/messages.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { tellJourneys } from './tell-journeys.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** So many held journeys, and a Temporal that notes when each of them is woken. */
async function hold(count: number, rates: { touchesPerSecond: number; numbers: number[] }) {
  const { organizationId } = await mintOrganization(db.database, {
    settings: { touchesPerSecond: rates.touchesPerSecond },
    numbers: rates.numbers.map((ratePerSecond) => ({ e164: mintPhone('312'), ratePerSecond })),
  });
  const campaign = await mintCampaign(db.database, organizationId);
  const { campaignId, versionId } = campaign;
  const launchId = await mintLaunch(db.database, organizationId, campaign, []);
  await db.asOwner(
    `with l as (
       insert into leads (organization_id, phone, raw_phone, first_name, time_zones)
       select $1, '+1203' || (2000000 + nr), '', 'Ada', array['Etc/GMT'] from generate_series(1, $5::int) nr returning id)
     insert into journeys (organization_id, lead_id, campaign_id, launch_id, version_id, workflow_id, waiting_for)
     select $1, id, $2, $3, $4, id::text, 'hold' from l`,
    [organizationId, campaignId, launchId, versionId, count],
  );
  const woken: { workflowId: string; atMs: number }[] = [];
  const workflow = {
    getHandle: (workflowId: string) => ({
      signal: async () => void woken.push({ workflowId, atMs: performance.now() }),
    }),
  };
  const deps = { database: db.database, temporal: { workflow } } as unknown as ActivityDependencies;
  const request: TellJourneysInput = {
    organizationId,
    audience: { campaignId },
    heldOnly: true,
    message: { tell: 'wake' },
  };
  const pause = () =>
    withOrganization(db.database, systemScope(organizationId), (tx) =>
      setPaused(
        tx,
        organizationId,
        { kind: 'campaign', id: campaignId },
        { change: 'pause' },
        {
          userId: null,
          requestId: 'test',
        },
      ),
    );
  const run = (environment = new MockActivityEnvironment()) =>
    environment.run(tellJourneys(deps), request) as Promise<{ told: number; after: string | null }>;
  return { woken, pause, run };
}

test('held journeys are woken no faster than the numbers carry together', async () => {
  const { woken, run } = await hold(60, { touchesPerSecond: 500, numbers: [10, 10] });
  expect(await run()).toEqual({ told: 60, after: null });
  const times = woken.map(({ atMs }) => atMs).toSorted((a, b) => a - b);
  expect(times.at(-1)! - times[0]!).toBeGreaterThan(2_900);
  for (const time of times) {
    // Timers are late by a little now and then, and what comes late comes near to what follows.
    expect(times.filter((other) => other >= time && other < time + 1_000).length).toBeLessThanOrEqual(24);
  }
});

test('nor than the organisation allows; when all is paused anew, the rest are left in peace', async () => {
  const { woken, pause, run } = await hold(60, { touchesPerSecond: 8, numbers: [500] });
  setTimeout(() => void pause(), 500);
  expect(await run()).toEqual({ told: 40, after: null });
  expect(new Set(woken.map(({ workflowId }) => workflowId)).size).toBe(40);
});

test('whoever takes over goes on where the one before it stopped', async () => {
  const { woken, run } = await hold(450, { touchesPerSecond: 10_000, numbers: [10_000] });
  const beats: { after: string; told: number }[] = [];
  const first = new MockActivityEnvironment();
  first.on('heartbeat', (progress: { after: string; told: number }) => {
    beats.push({ ...progress });
    if (progress.told === 200) first.cancel('WORKER_SHUTDOWN');
  });
  await expect(run(first)).rejects.toThrow();
  const last = beats.at(-1)!;
  expect(last.told).toBe(200);
  expect(await run(new MockActivityEnvironment({ heartbeatDetails: last }))).toEqual({
    told: 450,
    after: null,
  });
  expect(woken).toHaveLength(450);
  expect(new Set(woken.map(({ workflowId }) => workflowId)).size).toBe(450);
});
