import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventTypes } from '#domain/event-types.ts';
import {
  mintCampaign,
  mintJourney,
  mintLead,
  mintOrganization,
  mintPhone,
  tinyJourney,
} from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let me: Caller;

beforeAll(async () => {
  db = await createTestDatabase();
  api = createTestApi({ database: db.database, temporal: createRecordingTemporal().client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  ({ organizationId } = await mintOrganization(db.database));
  me = await api.as(organizationId, 'admin');
});

const send = (method: string, path: string, json?: object, who = me) =>
  who(path, { method, ...(json ? { json } : {}) });
const audited = async () =>
  (
    await db.asOwner<{ action: string }>(
      'select action from audit_log where organization_id = $1 order by created_at',
      [organizationId],
    )
  ).map(({ action }) => action);

describe('numbers', () => {
  test('are added with the route of what comes in, changed, put out of use and listed page by page', async () => {
    const e164 = mintPhone('415');
    const made = await send('POST', '/v1/numbers', { e164, canSms: true, canVoice: false, dailyCap: 200 });
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        e164,
        areaCode: '415',
        attestation: null,
        dailyCap: 200,
        ratePerSecond: 1,
        isActive: true,
        usedToday: 0,
      },
    ]);
    const routes = await db.asOwner('select organization_id from platform.number_routes where e164 = $1', [
      e164,
    ]);
    expect(routes).toEqual([{ organization_id: organizationId }]);
    const change = { ratePerSecond: 2.5, attestation: 'A', dailyCap: null, isActive: false };
    const changed = await send('PATCH', `/v1/numbers/${made.body.id}`, change);
    expect(changed.body).toEqual({ ...made.body, ...change });
    const first = (await me('/v1/numbers?limit=1')).body;
    const second = (await me(`/v1/numbers?limit=1&cursor=${first.nextCursor}`)).body;
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([1, 1, null]);
    expect([...first.items, ...second.items].map((number) => number.id)).toContain(made.body.id);
    expect(await audited()).toEqual(['number.create', 'number.update']);
  });

  test('one that is anybody’s already is refused, without a word about whose', async () => {
    const other = await mintOrganization(db.database);
    const number = { e164: other.number, canSms: true, canVoice: true };
    const answer = await send('POST', '/v1/numbers', number);
    expect(answer.body).toMatchObject({ status: 409, code: 'NUMBER_TAKEN', field: 'e164' });
    expect(answer.text).not.toContain(other.organizationId);
    expect((await send('POST', '/v1/numbers', { ...number, e164: '12' })).body).toMatchObject({
      status: 422,
      field: 'e164',
    });
    expect((await send('POST', '/v1/numbers', number, await api.as(organizationId, 'manager'))).status).toBe(
      403,
    );
  });

  test('a campaign names those it uses; the preflight says when none of them can text', async () => {
    const voice = (
      await send('POST', '/v1/numbers', { e164: mintPhone('415'), canSms: false, canVoice: true })
    ).body;
    const { campaignId } = await mintCampaign(db.database, organizationId);
    const { leadId } = await mintLead(db.database, organizationId);
    const patch = (numberIds: string[] | null) =>
      send('PATCH', `/v1/campaigns/${campaignId}`, { settings: { numberIds } });
    const refused = async () =>
      (await send('POST', `/v1/campaigns/${campaignId}/preflight`, { leadIds: [leadId] })).body.refused;
    expect(await refused()).toEqual({});
    expect((await patch([voice.id.toUpperCase()])).body.settings.numberIds).toEqual([voice.id]);
    expect(await refused()).toEqual({ SMS_NOT_SUPPORTED: 1 });
    await patch(null);
    expect(await refused()).toEqual({});
    expect((await patch([randomUUID()])).body).toMatchObject({
      status: 422,
      code: 'NUMBER_NOT_FOUND',
      field: 'settings.numberIds',
    });
    expect((await patch([])).body).toMatchObject({ status: 422, field: 'settings.numberIds' });
    // Settings that were stored before there was such a choice mean all of them.
    await db.asOwner(`update campaigns set settings = settings - 'numberIds' where id = $1`, [campaignId]);
    expect((await me(`/v1/campaigns/${campaignId}`)).body.settings.numberIds).toBeNull();
    expect(await refused()).toEqual({});
  });
});

describe('dispositions', () => {
  test('are added, changed, archived out of the list and brought back', async () => {
    const given = { code: 'moved_away', label: 'Moved away', stage: 'Lost', removeFromCampaigns: true };
    const made = await send('POST', '/v1/dispositions', given);
    const rules = {
      leadStatus: null,
      autoCreateStage: false,
      addToDnc: false,
      callbackAfterMinutes: null,
      followUpTask: null,
    };
    expect([made.status, made.body]).toEqual([201, { ...given, ...rules, archivedAt: null }]);
    expect((await send('POST', '/v1/dispositions', given)).body).toMatchObject({
      status: 409,
      code: 'CODE_TAKEN',
    });
    const patch = (json: object) => send('PATCH', '/v1/dispositions/moved_away', json);
    const changed = await patch({ stage: null, callbackAfterMinutes: 60 });
    expect(changed.body).toEqual({ ...made.body, stage: null, callbackAfterMinutes: 60 });
    const codes = async (query = '') =>
      (await me(`/v1/dispositions${query}`)).body.items.map(({ code }: any) => code);
    expect((await codes()).at(-1)).toBe('moved_away');
    await patch({ archived: true });
    expect(await codes()).not.toContain('moved_away');
    expect((await codes('?archived=true')).at(-1)).toBe('moved_away');
    expect((await patch({ archived: false })).body.archivedAt).toBeNull();
    expect((await send('PATCH', '/v1/dispositions/nothing', { label: 'x' })).body.code).toBe(
      'DISPOSITION_NOT_FOUND',
    );
    expect((await send('POST', '/v1/dispositions', { code: 'Über', label: 'x' })).body.field).toBe('code');
    expect(await audited()).toEqual(['disposition.create', ...Array(3).fill('disposition.update')]);
  });
});

describe('a campaign that begins with a ready-made journey', () => {
  test('has it as a draft, which can be changed, compared, published and then never again', async () => {
    const templates = (await me('/v1/journey-templates')).body.items;
    const [template, other] = templates;
    const { body: campaign } = await send('POST', '/v1/campaigns', {
      name: 'Autumn',
      templateId: template.id,
    });
    expect(campaign.currentVersion).toBeNull();
    const versions = `/v1/campaigns/${campaign.id}/versions`;
    const [draft] = (await me(versions)).body.items;
    expect(draft).toMatchObject({ number: 1, status: 'draft', definition: template.definition });

    const second = (await send('POST', versions, { definition: tinyJourney })).body;
    const edited = await send('PUT', `${versions}/${second.id}`, {
      definition: {
        ...tinyJourney,
        steps: [{ ...tinyJourney.steps[0]!, body: 'Good day' }, ...tinyJourney.steps.slice(1)],
      },
    });
    expect([edited.status, edited.body.number]).toEqual([200, 2]);
    const third = (await send('POST', versions, { definition: tinyJourney })).body;
    const diff = await me(`${versions}/${second.id}/diff?against=${third.id}`);
    expect(diff.body).toEqual({
      against: third.id,
      added: [],
      removed: [],
      changed: [
        {
          stepId: 'text',
          field: 'body',
          before: tinyJourney.steps[0]!.kind === 'sms' ? tinyJourney.steps[0]!.body : '',
          after: 'Good day',
        },
      ],
    });
    expect((await me(`${versions}/${second.id}/diff?against=${randomUUID()}`)).status).toBe(404);
    expect((await me(`${versions}/${second.id}/diff`)).body.field).toBe('against');

    expect((await send('POST', `${versions}/${second.id}/publish`)).status).toBe(200);
    const published = { status: 409, code: 'VERSION_PUBLISHED' };
    expect(
      (await send('PUT', `${versions}/${second.id}`, { definition: other.definition })).body,
    ).toMatchObject(published);
    expect((await send('DELETE', `${versions}/${second.id}`)).body).toMatchObject(published);
    const manager = await api.as(organizationId, 'manager');
    expect((await send('DELETE', `${versions}/${third.id}`, undefined, manager)).status).toBe(204);
    expect((await me(`${versions}/${third.id}`)).status).toBe(404);
    expect((await send('DELETE', `${versions}/${third.id}`)).status).toBe(404);
    expect((await me(versions)).body.items.map(({ number }: any) => number)).toEqual([2, 1]);
  });

  test('of a name that there is not is refused, and nothing is made', async () => {
    const answer = await send('POST', '/v1/campaigns', { name: 'Autumn', templateId: 'nothing' });
    expect(answer.body).toMatchObject({
      status: 422,
      code: 'JOURNEY_TEMPLATE_NOT_FOUND',
      field: 'templateId',
    });
    expect((await me('/v1/campaigns')).body.items).toEqual([]);
  });
});

test('the counts of a campaign are of its own journeys, texts, calls and dispositions', async () => {
  const campaign = await mintCampaign(db.database, organizationId);
  const other = await mintCampaign(db.database, organizationId);
  const insert = (text: string, values: unknown[]) => db.asOwner(text, [organizationId, ...values]);
  for (const [{ campaignId, ...rest }, status, times] of [
    [campaign, 'active', 2],
    [campaign, 'completed', 1],
    [other, 'failed', 1],
  ] as const) {
    for (let i = 0; i < times; i += 1) {
      const { leadId, phone } = await mintLead(db.database, organizationId);
      const { journeyId } = await mintJourney(db.database, organizationId, { campaignId, ...rest }, leadId);
      await db.asOwner('update journeys set status = $2 where id = $1', [journeyId, status]);
      for (const [state, direction, kind, later] of [
        ['sent', 'outbound', 'automated', 1],
        ['unknown', 'outbound', 'automated', 1],
        ['refused', 'outbound', 'automated', 1],
        ['received', 'inbound', 'inbound', 1],
        ['received', 'inbound', 'inbound', -1],
      ]) {
        await insert(
          `insert into sms_messages (organization_id, direction, kind, state, lead_id, campaign_id, phone, body, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, 'x', now() + $8 * interval '1 hour')`,
          [direction, kind, state, leadId, direction === 'inbound' ? null : campaignId, phone, later],
        );
      }
      await insert(
        `insert into call_logs (organization_id, direction, state, lead_id, campaign_id, phone, outcome)
         values ($1, 'outbound', 'sent', $2, $3, $4, 'voicemail')`,
        [leadId, campaignId, phone],
      );
      await insert(
        `insert into disposition_metrics (organization_id, lead_id, campaign_id, disposition_id, disposition, set_by, application_key)
         select $1, $2, $3, id, code, 'system', 'k' from dispositions where organization_id = $1 and code = 'interested'`,
        [leadId, campaignId],
      );
    }
  }
  expect((await me(`/v1/campaigns/${campaign.campaignId}/stats`)).body).toEqual({
    journeys: { active: 2, paused: 0, completed: 1, removed: 0, failed: 0 },
    texts: { sent: 3, failed: 3, refused: 3, received: 3 },
    calls: { answered: 0, voicemail: 3, busy: 0, no_answer: 0, failed: 0 },
    dispositions: [{ code: 'interested', label: 'Interested', count: 3 }],
  });
});

test('the types of change are listed with their meanings, which the documents tell as well', async () => {
  const { body } = await me('/v1/event-types');
  expect(body.items).toEqual(Object.entries(eventTypes).map(([type, meaning]) => ({ type, meaning })));
  const documents = (await api.call('/openapi.json')).body;
  const told = documents.paths['/v1/events'].get.description as string;
  for (const { type, meaning } of body.items) expect(told).toContain(`\`${type}\`: ${meaning}`);
});
