import { sql } from 'drizzle-orm';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import { defaultDispositions, defaultStages } from '#domain/disposition.ts';
import { sampleJourney } from '#domain/journey/sample-journey.ts';
import { areaCodeOf } from '#domain/phone.ts';
import { hashApiKey, newApiKey } from './api-keys.ts';
import type { Database } from './database.ts';
import { hashPassword } from './passwords.ts';
import { apiKeys, numberRoutes, users } from './schema/platform.ts';
import {
  campaigns,
  dispositions,
  journeyVersions,
  organizationUsers,
  organizations,
  phoneNumbers,
  pipelineStages,
  pipelines,
} from './schema/index.ts';
import { systemScope, withOrganization } from './tenant.ts';
import type { TenantTransaction } from './tenant.ts';
import { randomBytes, randomUUID } from 'node:crypto';

/** Numbers from the ranges that are kept for fiction: nobody is ever called from them. */
const demoNumbers = ['+12125550142', '+13105550119', '+13125550127', '+17135550164'];

export type DemoOrganization = {
  organizationId: string;
  campaignId: string;
  email: string;
  password: string;
  apiKey: string;
};

/**
 * Makes the demo organisation when the installation has no user yet: login, API key, numbers, pipeline, dispositions and
 * the sample campaign. Null when there is somebody already. The password and key are shown once and stored hashed.
 */
export async function seedDemoOrganization(database: Database): Promise<DemoOrganization | null> {
  const [somebody] = await database.platform.select({ id: users.id }).from(users).limit(1);
  if (somebody) return null;
  const organizationId = randomUUID();
  const email = 'demo@leadway.test';
  const password = randomBytes(9).toString('base64url');
  const apiKey = newApiKey();
  const userId = randomUUID();
  const passwordHash = await hashPassword(password);
  // One transaction: a start that is interrupted here finds nothing the next time, and begins anew.
  const campaignId = await withOrganization(database, systemScope(organizationId), async (tx) => {
    await tx.insert(users).values({ id: userId, email, name: 'Dana Demo', passwordHash });
    await tx
      .insert(apiKeys)
      .values({ keyHash: hashApiKey(apiKey), organizationId, name: 'Demo key', role: 'admin' });
    await tx.insert(numberRoutes).values(demoNumbers.map((e164) => ({ e164, organizationId })));
    return seedOrganization(tx, { organizationId, userId, numbers: demoNumbers });
  });
  return { organizationId, campaignId, email, password, apiKey };
}

/** Everything a new organisation begins with; returns the sample campaign's id. */
async function seedOrganization(
  tx: TenantTransaction,
  { organizationId, userId, numbers }: { organizationId: string; userId: string; numbers: string[] },
): Promise<string> {
  const [pipelineId, campaignId, versionId] = [randomUUID(), randomUUID(), randomUUID()];
  await tx
    .insert(organizations)
    .values({ id: organizationId, name: 'Brightside Solar', slug: 'brightside-solar' });
  await tx.insert(organizationUsers).values({ organizationId, userId, role: 'owner' });
  await tx.insert(phoneNumbers).values(
    numbers.map((e164) => ({
      organizationId,
      e164,
      canSms: true,
      canVoice: true,
      areaCode: areaCodeOf(e164),
      attestation: 'A',
    })),
  );
  await tx.insert(pipelines).values({ organizationId, id: pipelineId, name: 'Sales', isDefault: true });
  await tx
    .insert(pipelineStages)
    .values(defaultStages.map((stage, position) => ({ organizationId, pipelineId, position, ...stage })));
  await tx
    .insert(dispositions)
    .values(defaultDispositions.map((rules, position) => ({ organizationId, position, ...rules })));
  await tx.insert(campaigns).values({
    organizationId,
    id: campaignId,
    name: 'Free quote follow-up',
    settings: defaultCampaignSettings,
    pipelineId,
    currentVersionId: versionId,
  });
  await tx.insert(journeyVersions).values({
    organizationId,
    id: versionId,
    campaignId,
    number: 1,
    definition: sampleJourney,
    publishedAt: sql`app_now()`,
    createdBy: userId,
  });
  return campaignId;
}
