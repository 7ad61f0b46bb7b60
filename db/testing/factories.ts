import { randomUUID } from 'node:crypto';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import type { StoredOrganizationSettings } from '#domain/organization.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import { defaultDispositions, defaultStages } from '#domain/disposition.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { journeyWorkflowId } from '#domain/workflow-ids.ts';
import type { Database } from '../database.ts';
import {
  campaigns,
  dispositions,
  journeyVersions,
  journeys,
  launchMembers,
  launches,
  leads,
  organizations,
  phoneNumbers,
  pipelineStages,
  pipelines,
} from '../schema/index.ts';
import { numberRoutes } from '../schema/platform.ts';
import { systemScope, withOrganization } from '../tenant.ts';

let counter = 0;

/** A number nobody has, different at every call; NANP, area code 202 unless told otherwise. */
export function mintPhone(areaCode = '202'): string {
  counter += 1;
  return `+1${areaCode}55${String(50_000 + counter).padStart(5, '0')}`;
}

/** A definition of one text, a day's wait and an end: the smallest journey that rests. */
export const tinyJourney: JourneyDefinition = {
  start: 'text',
  steps: [
    { id: 'text', kind: 'sms', body: 'Hello {{first_name|there}}', next: 'wait' },
    { id: 'wait', kind: 'wait', for: '1d', next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

export type TestOrganization = { organizationId: string; pipelineId: string; number: string };

/** An organisation with a number, a pipeline and the default dispositions. */
/** Rates are what a test is about, or they are out of its way. */
const withoutRates = { touchesPerSecond: 10_000 };

export async function mintOrganization(
  database: Database,
  options: {
    numbers?: {
      e164: string;
      canSms?: boolean;
      canVoice?: boolean;
      dailyCap?: number | null;
      ratePerSecond?: number;
    }[];
    settings?: StoredOrganizationSettings;
  } = {},
): Promise<TestOrganization> {
  const organizationId = randomUUID();
  const pipelineId = randomUUID();
  const numbers = options.numbers ?? [{ e164: mintPhone('312') }];
  await withOrganization(database, systemScope(organizationId), async (tx) => {
    await tx.insert(organizations).values({
      id: organizationId,
      name: 'Test',
      slug: `test-${organizationId}`,
      settings: { ...withoutRates, ...options.settings },
    });
    await tx.insert(pipelines).values({ organizationId, id: pipelineId, name: 'Sales', isDefault: true });
    await tx
      .insert(pipelineStages)
      .values(defaultStages.map((stage, position) => ({ organizationId, pipelineId, position, ...stage })));
    await tx
      .insert(dispositions)
      .values(defaultDispositions.map((rules, position) => ({ organizationId, position, ...rules })));
    for (const { e164, ...number } of numbers) {
      const { canSms = true, canVoice = true, dailyCap = null, ratePerSecond = 10_000 } = number;
      const areaCode = e164.slice(2, 5);
      await tx
        .insert(phoneNumbers)
        .values({ organizationId, e164, canSms, canVoice, dailyCap, ratePerSecond, areaCode });
    }
  });
  for (const { e164 } of numbers)
    await database.platform.insert(numberRoutes).values({ e164, organizationId });
  return { organizationId, pipelineId, number: numbers[0]?.e164 ?? '' };
}

/** A campaign with one published version. */
export async function mintCampaign(
  database: Database,
  organizationId: string,
  options: { definition?: JourneyDefinition; settings?: Partial<CampaignSettings> } = {},
): Promise<{ campaignId: string; versionId: string }> {
  const [campaignId, versionId] = [randomUUID(), randomUUID()];
  await withOrganization(database, systemScope(organizationId), async (tx) => {
    await tx.insert(campaigns).values({
      organizationId,
      id: campaignId,
      name: `Campaign ${campaignId}`,
      settings: { ...defaultCampaignSettings, ...options.settings },
      currentVersionId: versionId,
    });
    await tx.insert(journeyVersions).values({
      organizationId,
      id: versionId,
      campaignId,
      number: 1,
      definition: options.definition ?? tinyJourney,
      publishedAt: new Date(),
    });
  });
  return { campaignId, versionId };
}

/** A lead who may be reached at any hour of a test: in a zone where it is noon at the given instant. */
export async function mintLead(
  database: Database,
  organizationId: string,
  values: Partial<typeof leads.$inferInsert> = {},
): Promise<{ leadId: string; phone: string }> {
  const leadId = randomUUID();
  const phone = values.phone ?? mintPhone();
  await withOrganization(database, systemScope(organizationId), (tx) =>
    tx.insert(leads).values({
      organizationId,
      id: leadId,
      phone,
      rawPhone: phone,
      firstName: 'Ada',
      lastName: 'Test',
      timeZones: [zoneWhereItIsNoon(new Date())],
      ...values,
    }),
  );
  return { leadId, phone };
}

/** A launch of these leads, not yet started. */
export async function mintLaunch(
  database: Database,
  organizationId: string,
  campaign: { campaignId: string; versionId: string },
  leadIds: string[],
): Promise<string> {
  const launchId = randomUUID();
  await withOrganization(database, systemScope(organizationId), async (tx) => {
    await tx.insert(launches).values({ organizationId, id: launchId, ...campaign, name: 'Test launch' });
    if (leadIds.length > 0) {
      await tx
        .insert(launchMembers)
        .values(leadIds.map((leadId, position) => ({ organizationId, launchId, leadId, position })));
    }
  });
  return launchId;
}

/** A journey row as the launch makes it, without its workflow. */
export async function mintJourney(
  database: Database,
  organizationId: string,
  campaign: { campaignId: string; versionId: string },
  leadId: string,
): Promise<{ journeyId: string; launchId: string; workflowId: string }> {
  const launchId = await mintLaunch(database, organizationId, campaign, [leadId]);
  const journeyId = randomUUID();
  const workflowId = journeyWorkflowId({ organizationId, campaignId: campaign.campaignId, leadId });
  await withOrganization(database, systemScope(organizationId), (tx) =>
    tx.insert(journeys).values({ organizationId, id: journeyId, leadId, launchId, workflowId, ...campaign }),
  );
  return { journeyId, launchId, workflowId };
}

/** A fixed-offset zone in which the clock shows about 12:00 at that instant. */
export function zoneWhereItIsNoon(at: Date): string {
  const offset = 12 - at.getUTCHours();
  // POSIX turns the sign round: Etc/GMT+5 is five hours behind UTC.
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}
