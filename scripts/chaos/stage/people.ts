import { setTimeout as sleep } from 'node:timers/promises';
import { leadJourneyWorkflow } from '#workflows/lead-journey/messages.ts';
import type { LeadJourneyInput } from '#workflows/lead-journey/messages.ts';
import { hashApiKey, newApiKey } from '#db/api-keys.ts';
import { apiKeys } from '#db/schema/platform.ts';
import {
  mintCampaign,
  mintLaunch,
  mintOrganization,
  mintPhone,
  zoneWhereItIsNoon,
} from '#db/testing/factories.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { journeyWorkflowId } from '#domain/workflow-ids.ts';
import type { Stage } from './stage.ts';

export type Crowd = Awaited<ReturnType<typeof gatherCrowd>>;
type Lead = { leadId: string; phone: string };

/** Fewer than are in an area code's made-up numbers, so that organisations never share a phone. */
const phonesEach = 20_000;
let crowds = 0;

/** An organisation with a campaign and as many leads as are asked for, all of them where it is noon now. */
export async function gatherCrowd(
  stage: Stage,
  definition: JourneyDefinition,
  options: { firstName?: string; ratePerSecond?: number } = {},
) {
  const { database } = stage;
  const { firstName = 'Ada', ratePerSecond } = options;
  const numbers = [{ e164: mintPhone('312'), ratePerSecond }];
  const { organizationId, number } = await mintOrganization(database, { numbers });
  const campaign = await mintCampaign(database, organizationId, { definition });
  const apiKey = newApiKey();
  const key = { keyHash: hashApiKey(apiKey), organizationId, name: 'Attack', role: 'admin' };
  await database.platform.insert(apiKeys).values(key);
  const zone = zoneWhereItIsNoon(new Date());
  let nextPhone = 2_000_000 + crowds * phonesEach;
  crowds += 1;

  async function addLeads(count: number): Promise<Lead[]> {
    const from = nextPhone;
    nextPhone += count;
    return stage.asOwner<Lead>(
      `insert into leads (organization_id, phone, raw_phone, first_name, time_zones)
       select $1, '+1202' || nr, '', $5, array[$4] from generate_series($2::int, $3::int) nr
       returning id as "leadId", phone`,
      [organizationId, from, from + count - 1, zone, firstName],
    );
  }

  return {
    organizationId,
    number,
    firstName,
    ...campaign,
    apiKey,
    addLeads,
    /** As `addLeads`, through outages of the database. */
    async addLeadsPatiently(count: number): Promise<Lead[]> {
      for (;;) {
        try {
          return await addLeads(count);
        } catch {
          await sleep(200);
        }
      }
    },
    /** So many new leads on their journey, each started by itself as a launch would. */
    async start(count: number): Promise<void> {
      const leads = await addLeads(count);
      const leadIds = leads.map(({ leadId }) => leadId);
      const launchId = await mintLaunch(database, organizationId, campaign, leadIds);
      const idOf = (leadId: string) =>
        journeyWorkflowId({ organizationId, campaignId: campaign.campaignId, leadId });
      const rows = await stage.asOwner<{ journeyId: string; leadId: string }>(
        `insert into journeys (organization_id, lead_id, campaign_id, launch_id, version_id, workflow_id)
         select $1, lead_id, $2, $3, $4, workflow_id from unnest($5::uuid[], $6::text[]) as m (lead_id, workflow_id)
         returning id as "journeyId", lead_id as "leadId"`,
        [organizationId, campaign.campaignId, launchId, campaign.versionId, leadIds, leadIds.map(idOf)],
      );
      await Promise.all(
        rows.map(async ({ journeyId, leadId }) => {
          const { campaignId } = campaign;
          const input: LeadJourneyInput = { organizationId, journeyId, leadId, campaignId, launchId };
          const { taskQueue, temporal } = stage;
          const options = { workflowId: idOf(leadId), taskQueue, args: [input] as [LeadJourneyInput] };
          await temporal.client.workflow.start(leadJourneyWorkflow, options);
        }),
      );
    },
    /** A request with this organisation's key. */
    request(path: string, init: { method?: string; json?: unknown; headers?: Record<string, string> } = {}) {
      const { json, headers, ...rest } = init;
      return fetch(`${stage.url}${path}`, {
        ...rest,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
    },
  };
}
