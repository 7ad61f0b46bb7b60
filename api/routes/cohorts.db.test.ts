import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { createPreflight } from '#domain/preflight.ts';
import { nextPendingMembers, readLaunch } from '#db/queries/launch-members.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

const definition: JourneyDefinition = {
  start: 'text',
  steps: [
    { id: 'text', kind: 'sms', body: 'Hi {{first_name}} from {{company|us}}', next: 'again' },
    { id: 'again', kind: 'sms', body: 'Still there, {{first_name}}?', next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

const temporal = createRecordingTemporal();
let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let campaignId: string;
let campaign: { campaignId: string; versionId: string };
let me: Caller;

beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 5 });
  api = createTestApi({ database: db.database, temporal: temporal.client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  temporal.started.length = 0;
  ({ organizationId } = await mintOrganization(db.database));
  campaign = await mintCampaign(db.database, organizationId, { definition });
  ({ campaignId } = campaign);
  me = await api.as(organizationId, 'manager');
});

const post = (path: string, json?: object, headers: Record<string, string> = {}) =>
  me(path, { method: 'POST', headers, ...(json ? { json } : {}) });
const launch = (cohort: object, key?: string) =>
  post('/v1/launches', { campaignId, cohort }, key ? { 'idempotency-key': key } : {});
const membersOf = async (launchId: string) =>
  (
    await db.asOwner<{ lead_id: string }>(
      'select lead_id from launch_members where launch_id = $1 order by position',
      [launchId],
    )
  ).map((row) => row.lead_id);
const mint = async (values: Parameters<typeof mintLead>[2] = {}) =>
  (await mintLead(db.database, organizationId, values)).leadId;
const saveFilter = async (filter: object) => {
  const [row] = await db.asOwner<{ id: string }>(
    `insert into saved_filters (organization_id, name, filter) values ($1, $2, $3) returning id`,
    [organizationId, randomUUID(), JSON.stringify(filter)],
  );
  return row!.id;
};
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));

describe('a cohort by filter', () => {
  test('is everybody it finds at that moment, the oldest first, but nobody who is deleted', async () => {
    const second = await mint({ tags: ['web'], createdAt: at(2) });
    const first = await mint({ tags: ['web'], createdAt: at(1) });
    await mint({ tags: ['fair'] });
    await mint({ tags: ['web'], deletedAt: new Date() });
    const filter = { tag: 'web' };
    const { status, body } = await launch({ filter });
    expect([status, body.members.total, body.cohort]).toEqual([201, 2, { filter }]);
    await mint({ tags: ['web'] });
    expect(await membersOf(body.id)).toEqual([first, second]);
    expect((await me(`/v1/launches/${body.id}`)).body.cohort).toEqual({ filter });
    expect(temporal.started).toHaveLength(1);
  });

  test('a saved one is kept as it was then, and is told apart from one that is gone', async () => {
    const lead = await mint({ status: 'hot' });
    await mint();
    const savedFilterId = await saveFilter({ status: 'hot' });
    const { body } = await launch({ savedFilterId });
    expect(body.cohort).toEqual({ savedFilterId, filter: { status: 'hot' } });
    expect(await membersOf(body.id)).toEqual([lead]);
    expect((await launch({ savedFilterId: randomUUID() })).body).toMatchObject({
      status: 404,
      code: 'SAVED_FILTER_NOT_FOUND',
      field: 'cohort.savedFilterId',
    });
    expect((await post(`/v1/campaigns/${campaignId}/preflight`, { savedFilterId })).body.members).toBe(1);
  });

  test('the same filter, written in another order, is the same request', async () => {
    await mint({ customFields: { plan: 'gold', size: 'xl' } });
    const one = await launch(
      { filter: { status: 'new', customFields: { plan: 'gold', size: 'xl' } } },
      'key',
    );
    const other = await launch(
      { filter: { customFields: { size: 'xl', plan: 'gold' }, status: 'new' } },
      'key',
    );
    expect([one.status, other.status, other.body.id]).toEqual([201, 200, one.body.id]);
  });

  test('nobody, or a word that no filter knows, is refused, and nothing is written', async () => {
    expect((await launch({ filter: { tag: 'nobody' } })).body.code).toBe('EMPTY_COHORT');
    expect((await launch({ filter: { tags: 'web' } })).body.code).toBe('VALIDATION_FAILED');
    expect(await db.asOwner('select from launches where organization_id = $1', [organizationId])).toEqual([]);
  });

  test('of 20,000 is written by the database, and held by nobody here', async () => {
    await db.asOwner(
      `insert into leads (organization_id, id, phone, raw_phone, first_name, time_zones)
       select $1, gen_random_uuid(), '+1312' || (2000000 + n), 'x', 'Ada', '{America/Chicago}' from generate_series(1, 20000) n`,
      [organizationId],
    );
    await db.asOwner('analyze leads');
    // More than one piece of it: every lead is looked at once.
    const { body: told } = await post(`/v1/campaigns/${campaignId}/preflight`, { filter: {} });
    expect(told).toMatchObject({ members: 20_000, ready: 20_000, refused: {} });
    const before = process.memoryUsage().heapUsed;
    const beganAt = performance.now();
    const { status, body } = await launch({ filter: {} });
    const tookMs = performance.now() - beganAt;
    expect([status, body.members.total]).toEqual([201, 20_000]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * 2 ** 20);
    process.stdout.write(`launch of 20,000 by filter: ${Math.round(tookMs)} ms\n`);
  }, 60_000);
});

describe('the leads behind a preflight', () => {
  test('are as many as were counted under each code, page by page, in any kind of cohort', async () => {
    const ids: string[] = [];
    const add = async (values: Parameters<typeof mintLead>[2] = {}) => {
      const lead = await mintLead(db.database, organizationId, { createdAt: at(ids.length), ...values });
      ids.push(lead.leadId);
      return lead;
    };
    for (let i = 0; i < 3; i += 1) await add({ firstName: 'Zoë ✨', tags: ['dear'] });
    const shared = (await add()).phone;
    for (let i = 0; i < 4; i += 1) await add({ phone: shared });
    for (let i = 0; i < 5; i += 1) await add({ firstName: '' });
    for (let i = 0; i < 3; i += 1) await add({ timeZones: [] });
    for (let i = 0; i < 6; i += 1) {
      const { phone } = await add();
      await db.asOwner(
        `insert into consents (organization_id, phone, kind, source) values ($1, $2, 'opt_out', 'manual')`,
        [organizationId, phone],
      );
    }
    const busy = await add();
    await mintJourney(db.database, organizationId, campaign, busy.leadId);
    const texted = await add();
    await db.asOwner(
      `insert into sms_messages (organization_id, direction, kind, body, phone, state)
       values ($1, 'inbound', 'inbound', 'x', $2, 'received')`,
      [organizationId, texted.phone],
    );
    const savedFilterId = await saveFilter({});
    const path = `/v1/campaigns/${campaignId}/preflight`;
    for (const cohort of [{ leadIds: ids.toReversed() }, { filter: {} }, { savedFilterId }]) {
      const { body: report } = await post(path, cohort);
      expect(report.refused).toMatchObject({ OPTED_OUT: 6, MISSING_VARIABLE: 5, ALREADY_ENROLLED: 1 });
      const counts = new Map<string, number>(Object.entries(report.refused));
      for (const { code, leads } of report.warnings)
        if (leads !== null) counts.set(code, (counts.get(code) ?? 0) + leads);
      expect([...counts.keys()]).toEqual(expect.arrayContaining(['RECENT_REPLY', 'RECENT_SMS', 'UCS2_TEXT']));
      for (const [code, count] of counts) {
        const listed: { leadId: string; stepId: string | null; code: string }[] = [];
        for (let cursor: string | null = ''; cursor !== null;) {
          const { body } = await post(`${path}/leads?code=${code}&limit=2&cursor=${cursor}`, cohort);
          listed.push(...body.items);
          expect(body.items.length).toBeGreaterThan(0);
          cursor = body.nextCursor;
        }
        expect([code, listed.length]).toEqual([code, count]);
        expect(new Set(listed.map((item) => `${item.leadId} ${item.stepId}`)).size).toBe(count);
        expect(new Set(listed.map((item) => item.code))).toEqual(new Set([code]));
      }
    }
    const { body } = await post(`${path}/leads?code=OPTED_OUT&limit=1`, { filter: {} });
    expect(body.items[0]).toMatchObject({
      leadName: 'Ada Test',
      phoneFormatted: expect.stringMatching(/^\(202\)/),
      message: expect.any(String),
      action: expect.any(String),
      stepId: null,
    });
    expect((await post(`${path}/leads?code=NONSENSE`, { filter: {} })).body.code).toBe('VALIDATION_FAILED');
  });
});

describe('a relaunch', () => {
  /** A launch of which these were refused, as its workflow would write it. */
  async function refuse(launchId: string, leadIds: string[]) {
    await db.asOwner(
      `update launch_members set state = 'refused', problems = '[{"code": "MISSING_VARIABLE"}]'
       where launch_id = $1 and lead_id = any($2)`,
      [launchId, leadIds],
    );
  }

  test('takes those who were refused, and nobody who got a journey since or is deleted', async () => {
    const leads = [await mint(), await mint(), await mint(), await mint()];
    const { body: first } = await launch({ leadIds: leads });
    expect(first.cohort).toEqual({ leads: 4 });
    await refuse(first.id, leads.slice(1));
    await mintJourney(db.database, organizationId, campaign, leads[2]!);
    await db.asOwner('update leads set deleted_at = now() where id = $1', [leads[3]]);
    const again = await post(`/v1/launches/${first.id}/relaunch`, { name: 'Second try' });
    expect([again.status, again.body.name, again.body.cohort]).toEqual([
      201,
      'Second try',
      { relaunchOf: first.id },
    ]);
    expect(await membersOf(again.body.id)).toEqual([leads[1]]);
    expect(temporal.started.length).toBe(2);
  });

  test('is one launch for one key, and none when nobody was refused', async () => {
    const leadId = await mint();
    const { body: first } = await launch({ leadIds: [leadId] });
    const relaunch = (key: string) =>
      post(`/v1/launches/${first.id}/relaunch`, undefined, { 'idempotency-key': key });
    expect((await relaunch('a')).body).toMatchObject({ status: 409, code: 'NOTHING_TO_RELAUNCH' });
    await refuse(first.id, [leadId]);
    const [one, two] = [await relaunch('b'), await relaunch('b')];
    expect([one.status, two.status, two.body.id]).toEqual([201, 200, one.body.id]);
  });
});

test('a lead that is deleted is in no cohort, however it is named', async () => {
  const gone = await mint({ deletedAt: new Date() });
  expect((await launch({ leadIds: [gone] })).body).toMatchObject({ code: 'LEAD_NOT_FOUND', missing: 1 });
  const preflight = await post(`/v1/campaigns/${campaignId}/preflight`, { leadIds: [gone] });
  expect(preflight.body).toMatchObject({ code: 'LEAD_NOT_FOUND', missing: 1 });
  expect((await launch({ filter: {} })).body.code).toBe('EMPTY_COHORT');
});

test('a lead that is deleted after the launch was written gets no journey', async () => {
  const [gone, stays] = [await mint(), await mint()];
  const { body } = await launch({ leadIds: [gone, stays] });
  await db.asOwner('update leads set deleted_at = now() where id = $1', [gone]);
  const judged = await withOrganization(db.database, systemScope(organizationId), async (tx) => {
    const look = createPreflight((await readLaunch(tx, body.id))!);
    const members = await nextPendingMembers(tx, body.id, 10);
    return members.map((member) => [member.leadId, look(member).map(({ code }) => code)[0] ?? null]);
  });
  expect(judged).toEqual([
    [gone, 'INVALID_PHONE'],
    [stays, null],
  ]);
});
