import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { nextPendingMembers } from '#db/queries/launch-members.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintCampaign, mintJourney, mintLaunch, mintLead, mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from './recording-temporal.ts';
import { createTestApi } from './test-api.ts';
import type { Caller, TestApi } from './test-api.ts';

type Campaign = { campaignId: string; versionId: string };

/**
 * For tests of what people say about being contacted: the API on a real database, a new organisation for every test, and
 * texts from outside as the carrier delivers them. Afterwards nobody's number or words are in the log.
 */
export function useConsentBench() {
  const temporal = createRecordingTemporal();
  let db: TestDatabase;
  let api: TestApi;
  let organizationId: string;
  let number: string;
  let caller: Caller;

  beforeAll(async () => {
    db = await createTestDatabase({ poolSize: 10 });
    api = createTestApi({ database: db.database, temporal: temporal.client });
  });
  afterAll(async () => {
    expect(api.logs.join('')).not.toMatch(/\+1\d{10}|take me off|Secret words/i);
    await api.stop();
    await db.close();
  });
  beforeEach(async () => {
    temporal.signals.length = 0;
    temporal.started.length = 0;
    temporal.state.down = false;
    ({ organizationId, number } = await mintOrganization(db.database));
    caller = await api.as(organizationId);
  });

  const admin: Caller = (path, call) => caller(path, call);
  return {
    temporal,
    /** Signed in as an admin of the test's organisation. */
    admin,
    as: (role: 'manager' | 'agent' | 'viewer') => api.as(organizationId, role),
    asOrganization: (id: string) => api.as(id),
    post: (path: string, json: object, as: Caller = admin) => as(path, { method: 'POST', json }),
    settings: (given: object) => admin('/v1/organization', { method: 'PATCH', json: { settings: given } }),
    database: () => db.database,
    organizationId: () => organizationId,
    inbox: () => api.inbox,
    webhook: (path: string, form: Record<string, string>) => api.webhook(path, form),
    asOwner: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) =>
      db.asOwner<Row>(text, values),

    /** A text from somebody, delivered and worked on. */
    async inbound(from: string, body: string, more: Record<string, string> = {}) {
      const MessageSid = `SM${randomUUID().replaceAll('-', '')}`;
      const form = { MessageSid, From: from, To: number, Body: body, ...more };
      expect((await api.webhook('/webhooks/twilio/sms', form)).status).toBe(200);
      await api.inbox.drain();
    },
    /** The inbox works on everything once more, as after a crash between the changes and the note that they are done. */
    async again() {
      await db.asOwner('update webhook_inbox set processed_at = null where organization_id = $1', [
        organizationId,
      ]);
      await api.inbox.drain();
    },
    async lead() {
      return mintLead(db.database, organizationId);
    },
    /** A lead in a campaign of its own. */
    async enrolled(phone?: string) {
      const lead = await mintLead(db.database, organizationId, phone ? { phone } : {});
      const campaign = await mintCampaign(db.database, organizationId);
      const journey = await mintJourney(db.database, organizationId, campaign, lead.leadId);
      return { ...lead, ...campaign, ...journey };
    },
    /** A text that a journey has sent. */
    async texted(
      journey: { leadId: string; journeyId: string; campaignId: string; phone: string },
      ago = '1 minute',
    ): Promise<{ id: string }> {
      const { leadId, journeyId, campaignId, phone } = journey;
      const [row] = await db.asOwner<{ id: string }>(
        `insert into sms_messages (organization_id, direction, kind, lead_id, journey_id, campaign_id, touch_key, phone,
           our_number, body, state, created_at)
         values ($1, 'outbound', 'automated', $2, $3, $4, $8, $5, $6, 'Hello', 'sent', now() - $7::interval) returning id`,
        [organizationId, leadId, journeyId, campaignId, phone, number, ago, randomUUID()],
      );
      return row!;
    },
    /** What preflight and gate know of the consent of leads, in a campaign or a new one. */
    async consentsIn(leadIds: string[], campaign?: Campaign) {
      const { campaignId, versionId } = campaign ?? (await mintCampaign(db.database, organizationId));
      const launchId = await mintLaunch(db.database, organizationId, { campaignId, versionId }, leadIds);
      const members = await withOrganization(db.database, systemScope(organizationId), (tx) =>
        nextPendingMembers(tx, launchId, 10),
      );
      return members.map(({ consent }) => consent);
    },
    signalled: () => temporal.signals.map(({ name, workflowId }) => `${name} ${workflowId}`).toSorted(),
    notices: () => temporal.started.filter(({ type }) => type === 'notice'),
    consentsOf: async (phone: string) =>
      (await admin(`/v1/consents?phone=${encodeURIComponent(phone)}`)).body.items,
  };
}
