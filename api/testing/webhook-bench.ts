import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from './recording-temporal.ts';
import { createTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

/** A touch as the carrier knows it. */
export type Touch = { id: string; sid: string };

/** An id as the carrier makes them: `SM` of a text, `CA` of a call. */
export const sid = (prefix: 'SM' | 'CA') => prefix + randomUUID().replaceAll('-', '');

/**
 * For tests of what the carrier tells us: the API on a real database with a new organisation for every test, touches that
 * have gone out, and signed webhooks about them. Signals to journeys are recorded.
 */
export function useWebhookBench() {
  const temporal = createRecordingTemporal();
  let db: TestDatabase;
  let api: TestApi;
  let organizationId: string;
  let number: string;

  beforeAll(async () => {
    db = await createTestDatabase({ poolSize: 10 });
    api = createTestApi({ database: db.database, temporal: temporal.client });
  });
  afterAll(async () => {
    await api.stop();
    await db.close();
  });
  beforeEach(async () => {
    temporal.signals.length = 0;
    temporal.state.down = false;
    ({ organizationId, number } = await mintOrganization(db.database));
  });

  const callback = (kind: string, touchId: string, organization = organizationId) =>
    `/webhooks/twilio/${kind}?organizationId=${organization}&touchId=${touchId}`;

  async function journeyOf(leadId: string, definition?: Parameters<typeof mintCampaign>[2]) {
    const campaign = await mintCampaign(db.database, organizationId, definition);
    return { ...campaign, ...(await mintJourney(db.database, organizationId, campaign, leadId)) };
  }

  async function mintText(
    values: Record<string, unknown> = {},
  ): Promise<Touch & { phone: string; leadId: string; workflowId: string }> {
    const { leadId, phone } = await mintLead(db.database, organizationId);
    const { journeyId, workflowId } = await journeyOf(leadId);
    const row = { provider_sid: sid('SM'), state: 'sent', carrier_status: 'queued', requests: 1, ...values };
    const [made] = await db.asOwner<{ id: string }>(
      `insert into sms_messages (organization_id, direction, kind, lead_id, journey_id, touch_key, phone, our_number, body,
       state, provider_sid, carrier_status, requests)
     values ($1, 'outbound', 'automated', $2, $3, 'text:1', $4, $5, 'Hello', $6, $7, $8, $9) returning id`,
      [
        organizationId,
        leadId,
        journeyId,
        phone,
        number,
        row.state,
        row.provider_sid,
        row.carrier_status,
        row.requests,
      ],
    );
    return { id: made!.id, sid: row.provider_sid as string, phone, leadId, workflowId };
  }

  async function mintCall(
    values: Record<string, unknown> = {},
    definition?: Parameters<typeof mintCampaign>[2],
  ) {
    const { leadId, phone } = await mintLead(db.database, organizationId, {
      firstName: 'Ada',
      company: null,
    });
    const { journeyId, workflowId } = await journeyOf(leadId, definition);
    const row = { provider_sid: sid('CA'), state: 'sent', carrier_status: 'queued', ...values };
    const [made] = await db.asOwner<{ id: string }>(
      `insert into call_logs (organization_id, direction, lead_id, journey_id, touch_key, phone, our_number, state,
       provider_sid, carrier_status, attempt, requests)
     values ($1, 'outbound', $2, $3, 'ring:1:1', $4, $5, $6, $7, $8, 1, 1) returning id`,
      [organizationId, leadId, journeyId, phone, number, row.state, row.provider_sid, row.carrier_status],
    );
    return { id: made!.id, sid: row.provider_sid as string, phone, workflowId };
  }

  const textStatus = (touch: Touch, status: string, more: Record<string, string> = {}) =>
    api.webhook(callback('sms-status', touch.id), { MessageSid: touch.sid, MessageStatus: status, ...more });
  const callStatus = (touch: Touch, status: string, more: Record<string, string> = {}) =>
    api.webhook(callback('voice-status', touch.id), { CallSid: touch.sid, CallStatus: status, ...more });
  const inbound = (from: string, body: string, messageSid = sid('SM'), to = number) =>
    api.webhook('/webhooks/twilio/sms', {
      MessageSid: messageSid,
      From: from,
      To: to,
      Body: body,
      NumSegments: '1',
    });

  const rowOf = async (table: string, id: string) =>
    (await db.asOwner<any>(`select * from ${table} where id = $1`, [id]))[0];
  const count = async (table: string, where = 'true') =>
    (
      await db.asOwner<{ n: number }>(
        `select count(*)::int as n from ${table} where organization_id = $1 and ${where}`,
        [organizationId],
      )
    )[0]!.n;

  return {
    temporal,
    database: () => db.database,
    asOwner: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) =>
      db.asOwner<Row>(text, values),
    organizationId: () => organizationId,
    /** Ours, to which people write. */
    number: () => number,
    inbox: () => api.inbox,
    logs: () => api.logs,
    call: (...request: Parameters<TestApi['call']>) => api.call(...request),
    webhook: (...request: Parameters<TestApi['webhook']>) => api.webhook(...request),
    callback,
    journeyOf,
    mintText,
    mintCall,
    textStatus,
    callStatus,
    inbound,
    rowOf,
    count,
  };
}
