import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import {
  mintCampaign,
  mintJourney,
  mintLead,
  mintOrganization,
  zoneWhereItIsNoon,
} from '#db/testing/factories.ts';
import { createWorkflowRig } from '#workflows/testing/rig.ts';
import type { WorkflowRig } from '#workflows/testing/rig.ts';
import { createTestApi } from './testing/test-api.ts';
import type { Caller, TestApi } from './testing/test-api.ts';

let rig: WorkflowRig;
let api: TestApi;

beforeAll(async () => {
  rig = await createWorkflowRig();
  api = createTestApi({ database: rig.database, temporal: rig.temporal }, { taskQueue: 'test' });
});
afterAll(async () => {
  await api.stop();
  await rig.close();
});

const textAndListen: JourneyDefinition = {
  start: 'text',
  steps: [
    { id: 'text', kind: 'sms', body: 'Hello {{first_name}}', next: 'listen' },
    { id: 'listen', kind: 'wait_for_reply', timeout: '2d', onReply: 'end', onTimeout: 'later' },
    { id: 'later', kind: 'wait', for: '1d', next: 'end' },
    { id: 'end', kind: 'end', reason: 'done' },
  ],
};

const callOnce: JourneyDefinition = {
  start: 'ring',
  steps: [
    { id: 'ring', kind: 'call', say: 'Hello {{first_name}}', next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

/** Launches one lead through the API and lets the journey come to its first rest. */
async function begin(definition = textAndListen) {
  const { organizationId, number } = await mintOrganization(rig.database);
  const me = await api.as(organizationId, 'manager');
  const { campaignId } = await mintCampaign(rig.database, organizationId, { definition });
  const timeZones = [zoneWhereItIsNoon(await rig.clock.now())];
  const { leadId, phone } = await mintLead(rig.database, organizationId, { timeZones });
  const json = { campaignId, cohort: { leadIds: [leadId] } };
  const launch = await me('/v1/launches', { method: 'POST', json });
  expect(launch.status).toBe(201);
  const journey = async () => (await me(`/v1/journeys?leadId=${leadId}`)).body.items[0];
  const until = async (wanted: object) => {
    await expect.poll(journey, { timeout: 15_000, interval: 50 }).toMatchObject(wanted);
    return journey();
  };
  const { id } = await until({ waitingFor: expect.any(String) });
  const post = (action: string, body?: object, headers = {}) =>
    me(`/v1/journeys/${id}/${action}`, { method: 'POST', headers, ...(body ? { json: body } : {}) });
  const titles = async () =>
    (await me(`/v1/journeys/${id}/timeline`)).body.items.map(({ title }: any) => title) as string[];
  return {
    organizationId,
    number,
    me,
    launchId: launch.body.id as string,
    leadId,
    phone,
    id,
    post,
    until,
    journey,
    titles,
  };
}

describe('a launch', () => {
  test('texts its lead, hears the reply through the webhook, and is completed', async () => {
    const journey = await begin();
    expect(await journey.journey()).toMatchObject({
      status: 'active',
      stepId: 'listen',
      stepKind: 'wait_for_reply',
      waitingFor: 'reply',
    });
    const form = {
      MessageSid: `SM${randomUUID()}`,
      From: journey.phone,
      To: journey.number,
      Body: 'Yes please',
    };
    expect((await api.webhook('/webhooks/twilio/sms', form)).status).toBe(200);
    await api.inbox.drain();
    await journey.until({ status: 'completed', endReason: 'done', waitingFor: null });
    expect(await journey.titles()).toEqual([
      'Journey started',
      'Text sent',
      'Waiting for a reply',
      'Reply received',
      'Went on with the reply',
      'Journey completed',
    ]);
    const { body } = await journey.me(`/v1/launches/${journey.launchId}`);
    expect(body).toMatchObject({
      status: 'completed',
      members: { started: 1, pending: 0 },
      journeys: { completed: 1 },
    });
  });

  test('a call’s status goes through the webhook to the journey', async () => {
    const journey = await begin(callOnce);
    expect(await journey.journey()).toMatchObject({ waitingFor: 'call' });
    const [call] = await rig.asOwner<{ id: string; provider_sid: string }>(
      'select id, provider_sid from call_logs where lead_id = $1',
      [journey.leadId],
    );
    const path = `/webhooks/twilio/voice-status?organizationId=${journey.organizationId}&touchId=${call!.id}`;
    await api.webhook(path, {
      CallSid: call!.provider_sid,
      CallStatus: 'completed',
      AnsweredBy: 'human',
      CallDuration: '30',
    });
    await api.inbox.drain();
    await journey.until({ status: 'completed', lastDisposition: 'answered' });
  });

  test('STOP ends the journey for good', async () => {
    const journey = await begin();
    await api.webhook('/webhooks/twilio/sms', {
      MessageSid: `SM${randomUUID()}`,
      From: journey.phone,
      To: journey.number,
      Body: 'STOP',
    });
    await api.inbox.drain();
    await journey.until({ status: 'removed', endReason: 'OPTED_OUT' });
  });

  test('cancelling it removes its journeys', async () => {
    const journey = await begin();
    await journey.me(`/v1/launches/${journey.launchId}/cancel`, { method: 'POST' });
    await journey.until({ status: 'removed', endReason: 'LAUNCH_CANCELLED' });
  });
});

describe('what a person does', () => {
  test('pause, resume, reschedule, skip and remove', async () => {
    const journey = await begin();
    expect((await journey.post('pause')).status).toBe(202);
    await journey.until({ status: 'paused' });
    await journey.post('resume');
    await journey.until({ status: 'active', waitingFor: 'reply' });
    const until = new Date((await rig.clock.now()).getTime() + 5 * 3_600_000).toISOString();
    await journey.post('reschedule', { until });
    await journey.until({ waitingUntil: until });
    expect((await journey.post('skip-step')).status).toBe(202);
    await journey.until({ stepId: 'later', waitingFor: 'timer' });
    await journey.post('remove', { reason: 'moved abroad' });
    await journey.until({ status: 'removed', endReason: 'moved abroad' });
    expect((await journey.titles()).slice(-6)).toEqual([
      'Paused',
      'Resumed',
      'Rescheduled',
      'Step skipped',
      'Waiting',
      'Removed from the journey',
    ]);
  });

  test('a disposition is applied once under its key, with all that follows from it', async () => {
    const journey = await begin();
    const apply = () =>
      journey.post(
        'dispositions',
        { disposition: 'interested', note: 'Call in May' },
        { 'idempotency-key': 'k-1' },
      );
    const answers = [await apply(), await apply()];
    for (const { status, body } of answers)
      expect([status, body]).toEqual([200, { outcome: 'applied', removedFromCampaigns: false }]);
    await journey.until({ lastDisposition: 'interested' });
    expect((await journey.me(`/v1/leads/${journey.leadId}`)).body).toMatchObject({
      status: 'interested',
      stage: { name: 'Interested' },
    });
    const metrics = await rig.asOwner('select set_by from disposition_metrics where lead_id = $1', [
      journey.leadId,
    ]);
    expect(metrics).toEqual([{ set_by: 'manual' }]);
  });

  test('a disposition whose stage is missing says what to do, and changes nothing', async () => {
    const journey = await begin();
    await rig.asOwner(
      "update pipeline_stages set archived_at = now() where organization_id = $1 and name = 'Interested'",
      [journey.organizationId],
    );
    const missing = await journey.post('dispositions', { disposition: 'interested' });
    expect(missing.body).toMatchObject({
      status: 422,
      code: 'PIPELINE_STAGE_NOT_FOUND',
      field: 'disposition',
      requiredAction: 'create_pipeline_stage',
      stage: 'Interested',
    });
    const unknown = await journey.post('dispositions', { disposition: 'abducted' });
    expect(unknown.body).toMatchObject({ status: 422, code: 'UNKNOWN_DISPOSITION', field: 'disposition' });
    expect((await journey.me(`/v1/leads/${journey.leadId}`)).body).toMatchObject({
      status: 'new',
      stage: null,
    });
  });

  test('one that removes ends the journey; whatever comes then is told that it has ended', async () => {
    const journey = await begin();
    const applied = await journey.post('dispositions', { disposition: 'not_interested' });
    expect(applied.body).toEqual({ outcome: 'applied', removedFromCampaigns: true });
    await journey.until({ status: 'removed', endReason: 'disposition:not_interested' });
    // Also when the row does not know it yet.
    await rig.asOwner("update journeys set status = 'active', ended_at = null where id = $1", [journey.id]);
    for (const [action, body] of [
      ['pause', undefined],
      ['skip-step', undefined],
      ['dispositions', { disposition: 'interested' }],
    ] as const) {
      expect((await journey.post(action, body)).body).toMatchObject({ status: 409, code: 'JOURNEY_ENDED' });
    }
  });
});

test('without a worker an update is told to come back, within twelve seconds', async () => {
  const idle = createTestApi(
    { database: rig.database, temporal: rig.temporal },
    { taskQueue: 'nobody-works-here' },
  );
  const { organizationId } = await mintOrganization(rig.database);
  const campaign = await mintCampaign(rig.database, organizationId);
  const { leadId } = await mintLead(rig.database, organizationId);
  const { journeyId, workflowId, launchId } = await mintJourney(
    rig.database,
    organizationId,
    campaign,
    leadId,
  );
  await rig.temporal.workflow.start('leadJourney', {
    workflowId,
    taskQueue: 'nobody-works-here',
    args: [{ organizationId, journeyId, leadId, launchId, campaignId: campaign.campaignId }],
  });
  const me: Caller = await idle.as(organizationId);
  const began = performance.now();
  const { body, headers } = await me(`/v1/journeys/${journeyId}/dispositions`, {
    method: 'POST',
    json: { disposition: 'interested' },
  });
  expect(body).toMatchObject({ status: 503, code: 'WORKER_UNAVAILABLE' });
  expect(headers.get('retry-after')).toBe('1');
  expect(performance.now() - began).toBeLessThan(12_000);
  await rig.temporal.workflow.getHandle(workflowId).terminate();
  await idle.stop();
});
