import { afterAll, beforeAll, expect, test } from 'vitest';
import { setPaused } from '#db/queries/pauses.ts';
import type { PauseChange } from '#db/queries/pauses.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import {
  mintCampaign,
  mintJourney,
  mintLead,
  mintOrganization,
  zoneWhereItIsNoon,
} from '#db/testing/factories.ts';
import { createWorkflowRig } from '../testing/rig.ts';
import type { WorkflowRig } from '../testing/rig.ts';
import { leadJourneyWorkflow } from './messages.ts';

/** The machine may be busy with other tests. */
const patience = { timeout: 60_000, interval: 50 };

let rig: WorkflowRig;
beforeAll(async () => {
  rig = await createWorkflowRig();
  await rig.stopFirstWorker();
});
afterAll(() => rig.close());

test('a campaign that is resumed between the gate’s word and the journey’s rest leaves nobody behind', async () => {
  const { organizationId } = await mintOrganization(rig.database);
  const campaign = await mintCampaign(rig.database, organizationId);
  const { campaignId } = campaign;
  const timeZones = [zoneWhereItIsNoon(await rig.clock.now())];
  const { leadId, phone } = await mintLead(rig.database, organizationId, { timeZones });
  const { journeyId, launchId, workflowId } = await mintJourney(
    rig.database,
    organizationId,
    campaign,
    leadId,
  );
  const change = (what: PauseChange) =>
    withOrganization(rig.database, systemScope(organizationId), (tx) =>
      setPaused(tx, organizationId, { kind: 'campaign', id: campaignId }, what, {
        userId: null,
        requestId: 'test',
      }),
    );
  let held = 0;
  const stop = await rig.startWorker({
    activities: (real) => ({
      async sendText(request) {
        const outcome = await real.sendText(request);
        if (outcome.outcome !== 'held') return outcome;
        held += 1;
        // Whoever wakes the held ones goes through the rows now, and this journey is not among them yet.
        await change({ change: 'resume', policy: null });
        return outcome;
      },
    }),
  });
  await change({ change: 'pause' });
  await rig.temporal.workflow.start(leadJourneyWorkflow, {
    workflowId,
    taskQueue: 'test',
    args: [{ organizationId, journeyId, leadId, launchId, campaignId }],
  });
  const texts = () => rig.ledger.texts.filter(({ to }) => to === phone).length;
  await expect.poll(texts, patience).toBe(1);
  expect(held).toBe(1);
  await rig.replay(workflowId);
  await stop();
});
