import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkLead } from '#activities/check-lead.ts';
import { setLeadStage } from '#db/queries/stages.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from '../testing/recording-temporal.ts';
import { createTestApi } from '../testing/test-api.ts';
import type { Caller, TestApi } from '../testing/test-api.ts';

const temporal = createRecordingTemporal();
let db: TestDatabase;
let api: TestApi;
let organizationId: string;
let me: Caller;

beforeAll(async () => {
  db = await createTestDatabase();
  api = createTestApi({ database: db.database, temporal: temporal.client });
});
afterAll(async () => {
  await api.stop();
  await db.close();
});
beforeEach(async () => {
  ({ organizationId } = await mintOrganization(db.database));
  me = await api.as(organizationId, 'admin');
});

const merge = (leadId: string, duplicateId: string, caller = me) =>
  caller(`/v1/leads/${leadId}/merge`, { method: 'POST', json: { duplicateId } });

test('duplicates are found by number, e-mail and name, the likeliest first', async () => {
  const phone = '+15046218927';
  const ada = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@x.io', phone };
  const { leadId } = await mintLead(db.database, organizationId, ada);
  const all = await mintLead(db.database, organizationId, { ...ada, email: 'ADA@X.IO' });
  const family = await mintLead(db.database, organizationId, { firstName: 'Byron', lastName: 'King', phone });
  const mail = await mintLead(db.database, organizationId, {
    firstName: 'A',
    lastName: 'King',
    email: 'ada@x.io',
  });
  const name = await mintLead(db.database, organizationId, { firstName: 'Ada', lastName: 'Lovelace' });
  await mintLead(db.database, organizationId, { firstName: 'Alan', lastName: 'Turing', email: 'alan@x.io' });
  await mintLead(db.database, organizationId, { ...ada, deletedAt: new Date() });
  const { body } = await me(`/v1/leads/${leadId}/duplicates`);
  expect(body.items.map(({ lead, reasons, score }: any) => [lead.id, reasons, score])).toEqual([
    [all.leadId, ['phone', 'email', 'name'], 1],
    [family.leadId, ['phone'], 0.5],
    [mail.leadId, ['email'], 0.4],
    [name.leadId, ['name'], 0.3],
  ]);
  const lonely = await mintLead(db.database, organizationId, { firstName: '', lastName: '' });
  expect((await me(`/v1/leads/${lonely.leadId}/duplicates`)).body.items).toEqual([]);
});

describe('a merge', () => {
  test('keeps what the survivor has, fills what it has not, and moves what hangs on the other', async () => {
    const campaigns = [
      await mintCampaign(db.database, organizationId),
      await mintCampaign(db.database, organizationId),
    ];
    const survivor = await mintLead(db.database, organizationId, {
      lastName: '',
      company: 'Own',
      tags: ['a', 'b'],
      customFields: { plan: 'gold', size: '' },
    });
    const other = await mintLead(db.database, organizationId, {
      firstName: 'Theirs',
      lastName: 'Lovelace',
      company: 'Other',
      externalId: 'crm-1',
      email: 'ada@x.io',
      state: 'NY',
      country: 'US',
      tags: ['b', 'c'],
      customFields: { plan: 'silver', size: '9' },
      score: 7,
    });
    const both = await mintJourney(db.database, organizationId, campaigns[0]!, survivor.leadId);
    const ended = await mintJourney(db.database, organizationId, campaigns[0]!, other.leadId);
    const moved = await mintJourney(db.database, organizationId, campaigns[1]!, other.leadId);
    await me(`/v1/leads/${other.leadId}/notes`, { method: 'POST', json: { body: 'Theirs' } });
    await me(`/v1/leads/${other.leadId}/blocks`, { method: 'POST', json: { reason: 'Theirs' } });
    await db.asOwner(
      `with task as (insert into tasks (organization_id, lead_id, kind, title) values ($1, $2, 'follow_up', 'Theirs')),
         text as (insert into sms_messages (organization_id, lead_id, direction, kind, state, phone, body)
           values ($1, $2, 'inbound', 'inbound', 'received', $3, 'Theirs')),
         call as (insert into call_logs (organization_id, lead_id, direction, state, phone) values ($1, $2, 'outbound', 'sent', $3)),
         stage as (insert into stage_moves (organization_id, lead_id, to_stage_id, set_by) values ($1, $2, gen_random_uuid(), 'manual')),
         mine as (insert into callbacks (organization_id, lead_id, due_at, source, request_key) values ($1, $4, now(), 'test', 'same'))
       insert into callbacks (organization_id, lead_id, due_at, source, request_key) values ($1, $2, now(), 'test', 'same')`,
      [organizationId, other.leadId, other.phone, survivor.leadId],
    );

    const answer = await merge(survivor.leadId, other.leadId);
    expect([answer.status, answer.body]).toMatchObject([
      200,
      {
        id: survivor.leadId,
        firstName: 'Ada',
        lastName: 'Lovelace',
        company: 'Own',
        phone: survivor.phone,
        externalId: 'crm-1',
        email: 'ada@x.io',
        tags: ['a', 'b', 'c'],
        customFields: { plan: 'gold', size: '9' },
        score: 7,
        blocked: true,
      },
    ]);
    expect((await me(`/v1/leads/${other.leadId}`)).status).toBe(404);
    await api.inbox.drain();
    expect(temporal.signals).toEqual([
      { workflowId: ended.workflowId, name: 'remove', args: [{ reason: 'lead_merged' }] },
    ]);
    const journeys = (await me(`/v1/journeys?leadId=${survivor.leadId}`)).body.items.map(({ id }: any) => id);
    expect(journeys.sort()).toEqual([both.journeyId, moved.journeyId].sort());
    const { items } = (await me(`/v1/leads/${survivor.leadId}/timeline`)).body;
    const kinds = items.map(({ kind }: any) => kind).sort();
    expect(kinds).toEqual([
      'block',
      'call',
      'callback',
      'callback',
      'created',
      'merge',
      'note',
      'stage',
      'task',
      'text',
    ]);
    const events = await db.asOwner(
      `select type, lead_id, data from events where organization_id = $1 and type in ('lead.merged', 'lead.updated')`,
      [organizationId],
    );
    expect(events).toEqual([
      { type: 'lead.merged', lead_id: survivor.leadId, data: { duplicateId: other.leadId } },
    ]);

    // The workflow of the journey that moved still says whom it was started for.
    const asked = { organizationId, leadId: other.leadId };
    const condition = { fact: 'lead', field: 'company', is: 'equals', value: 'Own' } as never;
    const deps = { database: db.database } as Parameters<typeof checkLead>[0];
    expect(await checkLead(deps)({ ...asked, conditions: [condition] })).toEqual([true]);
    const move = {
      leadId: other.leadId,
      journeyId: moved.journeyId,
      stage: 'Met',
      autoCreate: true,
      applicationKey: 'k',
    };
    await withOrganization(db.database, systemScope(organizationId), (tx) => setLeadStage(tx, move));
    expect((await me(`/v1/leads/${survivor.leadId}`)).body.stage.name).toBe('Met');
  });

  test('of a merge keeps the whole chain', async () => {
    const [a, b, c] = [
      await mintLead(db.database, organizationId),
      await mintLead(db.database, organizationId),
      await mintLead(db.database, organizationId),
    ];
    await merge(b.leadId, c.leadId);
    await merge(a.leadId, b.leadId);
    const rows = await db.asOwner('select merged_into_id as into from leads where id = any($1)', [
      [b.leadId, c.leadId],
    ]);
    expect(rows).toEqual([{ into: a.leadId }, { into: a.leadId }]);
    expect((await me('/v1/leads')).body.items).toHaveLength(1);
  });

  test('with itself, with nobody, with another organisation’s or by a manager changes nothing', async () => {
    const { leadId } = await mintLead(db.database, organizationId);
    const gone = await mintLead(db.database, organizationId, { deletedAt: new Date() });
    const { organizationId: elsewhere } = await mintOrganization(db.database);
    const theirs = await mintLead(db.database, elsewhere);
    expect((await merge(leadId, leadId)).body).toMatchObject({
      status: 422,
      code: 'SAME_LEAD',
      field: 'duplicateId',
    });
    for (const id of [randomUUID(), gone.leadId, theirs.leadId]) {
      expect((await merge(leadId, id)).body).toMatchObject({
        status: 404,
        code: 'LEAD_NOT_FOUND',
        field: 'duplicateId',
      });
      expect((await merge(id, leadId)).body).toMatchObject({ status: 404, code: 'LEAD_NOT_FOUND' });
    }
    const other = await mintLead(db.database, organizationId);
    expect((await merge(leadId, other.leadId, await api.as(organizationId, 'manager'))).status).toBe(403);
    expect(await db.asOwner('select id from events where organization_id = $1', [organizationId])).toEqual(
      [],
    );
  });
});

test('a timeline of a thousand entries is walked newest first, each entry once', async () => {
  const campaign = await mintCampaign(db.database, organizationId);
  const { leadId, phone } = await mintLead(db.database, organizationId);
  const { journeyId } = await mintJourney(db.database, organizationId, campaign, leadId);
  await db.asOwner(
    `with texts as (
         insert into sms_messages (organization_id, lead_id, direction, kind, state, phone, body, created_at)
         select $1, $2, 'inbound', 'inbound', 'received', $3, 'Text ' || nr, now() + nr / 7 * interval '1 second' from generate_series(1, 300) nr),
       calls as (
         insert into call_logs (organization_id, lead_id, direction, state, outcome, phone, created_at)
         select $1, $2, 'outbound', 'sent', 'no_answer', $3, now() + nr / 5 * interval '1 second' from generate_series(1, 300) nr),
       notes as (
         insert into lead_notes (organization_id, lead_id, body, created_at)
         select $1, $2, 'Note', now() + nr / 3 * interval '1 second' from generate_series(1, 200) nr),
       consents as (insert into consents (organization_id, phone, kind, source) values ($1, $3, 'opt_out', 'keyword'))
     insert into journey_events (organization_id, journey_id, seq, kind, data, at)
     select $1, $4, nr, (array['waiting', 'text-sent', 'journey-removed'])[1 + nr % 3], '{"reason": "lead_merged"}', now() + nr * interval '1 second'
     from generate_series(1, 300) nr`,
    [organizationId, leadId, phone, journeyId],
  );
  const seen: any[] = [];
  let cursor = '';
  let slowestMs = 0;
  do {
    const beganAt = performance.now();
    const { body } = await me(`/v1/leads/${leadId}/timeline?limit=120&cursor=${cursor}`);
    slowestMs = Math.max(slowestMs, performance.now() - beganAt);
    seen.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor);
  // 300 texts, 300 calls, 200 notes, 200 lines that no ledger tells, the opt-out and the lead itself.
  expect(seen).toHaveLength(1002);
  const ids = seen.map(
    ({ data, kind, at }) => data.messageId ?? data.callId ?? data.noteId ?? `${kind}${at}${data.line}`,
  );
  expect(new Set(ids).size).toBe(1002);
  expect(seen.map(({ at }) => at)).toEqual(
    seen
      .map(({ at }) => at as string)
      .toSorted()
      .toReversed(),
  );
  expect(slowestMs).toBeLessThan(1_000);
  const words = new Set(seen.map(({ kind, title }) => `${kind}: ${title}`));
  expect([...words].sort()).toEqual([
    'call: Call ended',
    'consent: Opted out',
    'created: Lead created',
    'journey: Removed from the journey',
    'journey: Waiting',
    'note: Note',
    'text: Text received',
  ]);
  expect(seen.find(({ title }) => title === 'Removed from the journey').detail).toContain('merged');
});
