import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '#db/testing/factories.ts';
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
  me = await api.as(organizationId, 'manager');
});

test('a list is paged without gaps or repetitions, also among leads of one instant', async () => {
  for (let index = 0; index < 7; index += 1) await mintLead(db.database, organizationId);
  await db.asOwner('update leads set created_at = $2 where organization_id = $1', [
    organizationId,
    '2030-01-01T00:00:00.123456Z',
  ]);
  const seen: string[] = [];
  let cursor: string | null = '';
  let pages = 0;
  do {
    const { body } = await me(`/v1/leads?limit=3&cursor=${cursor}`);
    seen.push(...body.items.map(({ id }: any) => id));
    cursor = body.nextCursor;
    pages += 1;
  } while (cursor !== null);
  expect([seen.length, new Set(seen).size, pages]).toEqual([7, 7, 3]);
});

test('a list is searched by name, company, e-mail and number, and filtered by status', async () => {
  const ada = await mintLead(db.database, organizationId, {
    lastName: 'Love_lace',
    company: 'Engines',
    email: 'ada@x.io',
  });
  const alan = await mintLead(db.database, organizationId, {
    firstName: 'Alan',
    lastName: 'Turing',
    status: 'contacted',
  });
  const found = async (query: string) => (await me(`/v1/leads?${query}`)).body.items.map(({ id }: any) => id);
  for (const search of ['love_', 'ADA LOVE', 'engine', 'ada@', ada.phone.slice(2, 5) + ada.phone.slice(5)]) {
    expect(await found(`search=${encodeURIComponent(search)}`)).toContain(ada.leadId);
  }
  expect(await found('search=e_i')).toEqual([]);
  expect(await found('status=contacted')).toEqual([alan.leadId]);
  expect(await found('search=')).toHaveLength(2);
});

describe('a list', () => {
  test('is sorted by every column and walked by its cursor, without gaps or repetitions', async () => {
    const [pipeline] = await db.asOwner<{ id: string }>(
      'select id from pipelines where organization_id = $1',
      [organizationId],
    );
    const stages = [];
    for (const [position, name] of ['Second', 'First'].entries()) {
      const [stage] = await db.asOwner<{ id: string }>(
        'insert into pipeline_stages (organization_id, pipeline_id, name, position) values ($1, $2, $3, $4) returning id',
        [organizationId, pipeline!.id, `${name} of the test`, 100 - position],
      );
      stages.push(stage!.id);
    }
    const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 0, minutes));
    const all = [];
    for (let nr = 0; nr < 12; nr += 1) {
      const stageId = [stages[0]!, stages[1]!, null][nr % 3] ?? null;
      const { leadId } = await mintLead(db.database, organizationId, {
        tags: ['all'],
        firstName: `F${nr % 4}`,
        lastName: ['Ångström', 'Ampère', 'Zuse'][nr % 3]!,
        createdAt: at((nr * 7) % 5),
        updatedAt: at((nr * 5) % 7),
        stageId,
        pipelineId: stageId === null ? null : pipeline!.id,
        stageEnteredAt: stageId === null ? null : at((nr * 3) % 4),
      });
      all.push(leadId);
    }
    const keys: Record<string, (lead: any) => unknown[]> = {
      createdAt: ({ createdAt, id }) => [createdAt, id],
      updatedAt: ({ updatedAt, id }) => [updatedAt, id],
      name: ({ firstName, lastName, id }) => [
        `${lastName} ${firstName}`
          .normalize('NFKD')
          .replaceAll(/[\u0300-\u036f]/g, '')
          .toLowerCase(),
        id,
      ],
      stage: ({ stage, stageEnteredAt, createdAt, id }) => [
        stage === null ? 2 : Number(stage.name.startsWith('Second')),
        stageEnteredAt ?? createdAt,
        id,
      ],
    };
    for (const [sort, keyOf] of Object.entries(keys)) {
      for (const direction of ['', '-']) {
        const seen: any[] = [];
        let cursor = '';
        do {
          const { body } = await me(`/v1/leads?limit=5&sort=${direction}${sort}&cursor=${cursor}`);
          seen.push(...body.items);
          cursor = body.nextCursor;
        } while (cursor);
        const texts = seen.map((lead) => JSON.stringify(keyOf(lead)));
        const wanted = texts.toSorted();
        expect(texts, direction + sort).toEqual(direction === '-' ? wanted.toReversed() : wanted);
        expect(new Set(seen.map(({ id }) => id)).size).toBe(all.length);
      }
    }
    const { nextCursor } = (await me('/v1/leads?limit=5&sort=name')).body;
    expect((await me(`/v1/leads?limit=5&sort=-name&cursor=${nextCursor}`)).body.code).toBe('BAD_CURSOR');
  });

  test('by stage, of a filter that few meet, is found behind thousands who do not', async () => {
    await db.asOwner(
      `insert into leads (organization_id, first_name, phone, raw_phone, time_zones, tags, stage_id, pipeline_id, stage_entered_at)
       select $1, 'L' || nr, '+1' || 2015550000 + nr, '', '{America/New_York}',
         case when nr % 1000 = 0 then array['rare'] else '{}' end, s.id, s.pipeline_id, timestamptz '2026-01-01' + nr * interval '1 minute'
       from generate_series(1, 6000) nr,
         (select id, pipeline_id from pipeline_stages where organization_id = $1 order by position limit 1) s`,
      [organizationId],
    );
    const names: string[] = [];
    let cursor = '';
    do {
      const { body } = await me(`/v1/leads?limit=4&sort=stage&tag=rare&cursor=${cursor}`);
      names.push(...body.items.map(({ firstName }: any) => firstName));
      cursor = body.nextCursor;
    } while (cursor);
    expect(names).toEqual(['L1000', 'L2000', 'L3000', 'L4000', 'L5000', 'L6000']);
  });

  test('is narrowed by every filter, and counted by the same', async () => {
    const campaign = await mintCampaign(db.database, organizationId);
    const other = await mintCampaign(db.database, organizationId);
    const one = await mintLead(db.database, organizationId, {
      status: 'won',
      tags: ['hot', 'vip'],
      source: 'fair',
      country: 'US',
      createdAt: new Date('2026-03-05T12:00:00Z'),
    });
    const two = await mintLead(db.database, organizationId, {
      timeZones: [],
      createdAt: new Date('2026-03-06T00:00:00Z'),
    });
    await mintJourney(db.database, organizationId, campaign, one.leadId);
    await mintJourney(db.database, organizationId, other, two.leadId);
    await db.asOwner(`update journeys set status = 'completed' where lead_id = $1`, [two.leadId]);
    const both = [one.leadId, two.leadId];
    const cases: [string, string[]][] = [
      ['', both],
      ['status=won', [one.leadId]],
      ['tag=vip', [one.leadId]],
      ['tag=vi', []],
      ['source=fair&country=US', [one.leadId]],
      ['stageId=none', both],
      [`campaignId=${campaign.campaignId}`, [one.leadId]],
      ['journeyStatus=completed', [two.leadId]],
      [`campaignId=${campaign.campaignId}&journeyStatus=completed`, []],
      ['createdFrom=2026-03-06', [two.leadId]],
      ['createdTo=2026-03-06', [one.leadId]],
      ['createdFrom=2026-03-05T13:00:00%2B02:00&createdTo=2026-03-05T12:00:00.001Z', [one.leadId]],
      ['hasPhoneZone=false', [two.leadId]],
      ['blocked=false&hasPhoneZone=true', [one.leadId]],
      [`search=${one.phone.slice(2)}&status=won`, [one.leadId]],
      [`search=${one.phone.slice(2)}&status=lost`, []],
    ];
    for (const [query, ids] of cases) {
      const { body } = await me(`/v1/leads?${query}`);
      expect([query, body.items.map(({ id }: any) => id).sort()]).toEqual([query, [...ids].sort()]);
      expect([query, (await me(`/v1/leads/count?${query}`)).body.count]).toEqual([query, ids.length]);
    }
    for (const bad of [
      'stageId=x',
      'journeyStatus=x',
      'createdFrom=yesterday',
      'hasPhoneZone=maybe',
      'sort=phone',
    ]) {
      expect((await me(`/v1/leads?${bad}`)).body.field, bad).toBe(bad.split('=')[0]);
    }
  });

  test('of a search comes best match first, in pages; words that everybody holds come newest first', async () => {
    for (const lastName of ['Smithson', 'Smith', 'Smith', 'Blacksmith', 'Smith']) {
      await mintLead(db.database, organizationId, { firstName: 'X', lastName });
    }
    const first = (await me('/v1/leads?search=smith&limit=2')).body;
    const second = (await me(`/v1/leads?search=smith&limit=3&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map(({ lastName }: any) => lastName)).toEqual([
      'Smith',
      'Smith',
      'Smith',
      'Smithson',
      'Blacksmith',
    ]);
    expect(second.nextCursor).toBeNull();

    await db.asOwner(
      `insert into leads (organization_id, phone, raw_phone, first_name, created_at)
       select $1, '+1202' || (3000000 + nr), '', 'Everybody', now() + nr * interval '1 second' from generate_series(1, 2500) nr`,
      [organizationId],
    );
    const newest = (await me('/v1/leads?search=everyb&limit=3')).body;
    const next = (await me(`/v1/leads?search=everyb&limit=3&cursor=${newest.nextCursor}`)).body;
    expect([...newest.items, ...next.items].map(({ phone }: any) => phone.slice(-4))).toEqual([
      '2500',
      '2499',
      '2498',
      '2497',
      '2496',
      '2495',
    ]);
  });
});
