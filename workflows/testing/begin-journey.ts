import { expect } from 'vitest';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import {
  mintCampaign,
  mintJourney,
  mintLead,
  mintOrganization,
  zoneWhereItIsNoon,
} from '#db/testing/factories.ts';
import { leadJourneyWorkflow } from '../lead-journey/messages.ts';
import type { WorkflowRig } from './rig.ts';

/** A text, and a day's wait for its reply. */
export const textAndListen: JourneyDefinition = {
  start: 'text',
  steps: [
    { id: 'text', kind: 'sms', body: 'Hello {{first_name}}', next: 'listen' },
    { id: 'listen', kind: 'wait_for_reply', timeout: '1d', onReply: 'yes-or-no', onTimeout: 'silent' },
    {
      id: 'yes-or-no',
      kind: 'branch',
      cases: [{ when: { fact: 'last_reply', is: 'equals', value: 'yes' }, next: 'interested' }],
      otherwise: 'silent',
    },
    { id: 'interested', kind: 'disposition', disposition: 'interested', next: 'won' },
    { id: 'won', kind: 'end', reason: 'said yes' },
    { id: 'silent', kind: 'end', reason: 'silent' },
  ],
};

/**
 * Starts a journey of a new lead in a campaign and organisation of its own.
 * @param options.timeZones where the lead may be; by default where it is noon now
 * @param options.before what happens to the campaign before the start
 */
export async function beginJourney(
  rig: WorkflowRig,
  options: {
    definition: JourneyDefinition;
    timeZones?: string[];
    before?: (campaign: { campaignId: string }) => Promise<unknown>;
  },
) {
  const { definition, timeZones = [zoneWhereItIsNoon(await rig.clock.now())] } = options;
  const { organizationId } = await mintOrganization(rig.database);
  const campaign = await mintCampaign(rig.database, organizationId, { definition });
  await options.before?.(campaign);
  const { leadId, phone } = await mintLead(rig.database, organizationId, { timeZones });
  const { journeyId, launchId, workflowId } = await mintJourney(
    rig.database,
    organizationId,
    campaign,
    leadId,
  );
  const input = { organizationId, journeyId, leadId, launchId, campaignId: campaign.campaignId };
  const handle = await rig.temporal.workflow.start(leadJourneyWorkflow, {
    workflowId,
    taskQueue: 'test',
    args: [input],
  });
  const journey = async () => (await rig.asOwner('select * from journeys where id = $1', [journeyId]))[0]!;
  const kinds = async () =>
    (
      await rig.asOwner<{ kind: string }>(
        'select kind from journey_events where journey_id = $1 order by seq',
        [journeyId],
      )
    ).map(({ kind }) => kind);
  /** Waits, in real time, until the projection says so. */
  const until = async (wanted: Record<string, unknown>) => {
    await expect.poll(journey, { timeout: 10_000, interval: 30 }).toMatchObject(wanted);
  };
  const texts = () => rig.ledger.texts.filter(({ to }) => to === phone);
  const calls = () => rig.ledger.calls.filter(({ to }) => to === phone);
  return { ...input, workflowId, phone, handle, journey, kinds, until, texts, calls };
}
