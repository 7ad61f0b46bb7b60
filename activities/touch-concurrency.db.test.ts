import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordWords } from '#db/queries/consents.ts';
import { lockLane } from '#db/queries/lanes.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintPhone } from '#db/testing/factories.ts';
import { createTouchBench } from './testing/touch-bench.ts';
import type { Attempted, TouchBench } from './testing/touch-bench.ts';

let bench: TouchBench;
beforeAll(async () => {
  bench = await createTouchBench({ poolSize: 16 });
});
afterAll(() => bench.close());

const answer = (result: Attempted) =>
  'fault' in result ? result.fault : 'code' in result ? `${result.outcome} ${result.code}` : result.outcome;

function count(results: Attempted[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const result of results) counts[answer(result)] = (counts[answer(result)] ?? 0) + 1;
  return counts;
}

describe('at once', () => {
  test('fifty journeys of people with one phone send it one text', async () => {
    const { enrol } = await bench.organization();
    const phone = mintPhone();
    const journeys = await Promise.all(Array.from({ length: 50 }, () => enrol({ phone })));
    const results = await Promise.all(journeys.map((journey) => bench.attempt(journey, 'text')));
    expect(count(results)).toEqual({ done: 1, 'refused RECENT_SMS': 49 });
    expect(bench.carrier.texts.filter(({ to }) => to === phone)).toHaveLength(1);
  });

  test('the same number in two organisations is two lanes', async () => {
    const phone = mintPhone();
    const journeys = await Promise.all([0, 1].map(async () => (await bench.organization()).enrol({ phone })));
    const results = await Promise.all(journeys.map((journey) => bench.attempt(journey, 'text')));
    expect(count(results)).toEqual({ done: 2 });
  });

  test('ten attempts of one touch, as when Temporal believes a slow worker dead, send it once', async () => {
    const journey = await (await bench.organization()).enrol();
    const results = await Promise.all(Array.from({ length: 10 }, () => bench.attempt(journey, 'text')));
    for (const result of results)
      expect(['done', 'SUPERSEDED', 'CARRIER_OUTCOME_UNKNOWN']).toContain(answer(result));
    expect((await bench.persist(journey, 'text')).outcome).toEqual({ outcome: 'done' });
    expect(bench.carrier.texts.filter(({ to }) => to === journey.phone)).toHaveLength(1);
  });

  test('a hundred touches keep to a number’s cap exactly', async () => {
    const { enrol, organizationId, number } = await bench.organization({
      numbers: [{ e164: mintPhone('312'), dailyCap: 37 }],
    });
    const journeys = await Promise.all(Array.from({ length: 100 }, () => enrol()));
    const results = await Promise.all(
      journeys.map((journey, index) => bench.attempt(journey, index % 3 === 0 ? 'call' : 'text')),
    );
    expect(count(results)).toEqual({ done: 37, 'deferred CAP_REACHED': 63 });
    const touched = [...bench.carrier.texts, ...bench.carrier.calls].filter(({ from }) => from === number);
    expect(touched).toHaveLength(37);
    const usage = await bench.asOwner('select used from number_usage where organization_id = $1', [
      organizationId,
    ]);
    expect(usage).toEqual([{ used: 37 }]);
  });
});

describe('an opt-out and a text that meet', () => {
  /** Numbers what the lane's two writers write, in the order in which they had the lane. */
  const witness = `
    create sequence had_lane;
    create table lane_order (what text, id uuid, nr bigint default nextval('had_lane'));
    create function note_lane() returns trigger language plpgsql security definer as
      $$ begin insert into lane_order (what, id) values (tg_table_name, new.id); return null; end $$;
    create trigger note_lane after insert on sms_messages for each row execute function note_lane();
    create trigger note_lane after insert on consents for each row execute function note_lane();`;

  test('are never both first: whoever had the lane second knows of the other', async () => {
    await bench.asOwner(witness);
    const { enrol, organizationId } = await bench.organization();
    const before = { text: 0, stop: 0 };
    const trials = await Promise.all(Array.from({ length: 80 }, () => enrol()));
    for (let first = 0; first < trials.length; first += 20) {
      await Promise.all(
        trials.slice(first, first + 20).map(async (journey, index) => {
          const { phone } = journey;
          const [result] = await Promise.all([
            index % 2 === 0
              ? pause().then(() => bench.attempt(journey, 'text'))
              : bench.attempt(journey, 'text'),
            (index % 2 === 0 ? Promise.resolve() : pause()).then(() => optOut(organizationId, phone)),
          ]);
          const [consent] = await orderOf('consents', 'phone', phone);
          const [text] = await orderOf('sms_messages', 'journey_id', journey.journeyId);
          const stopFirst = consent!.nr < text!.nr;
          before[stopFirst ? 'stop' : 'text'] += 1;
          expect(answer(result)).toBe(stopFirst ? 'refused OPTED_OUT' : 'done');
          expect(bench.carrier.texts.filter(({ to }) => to === phone)).toHaveLength(stopFirst ? 0 : 1);
        }),
      );
    }
    // Both orders came about, or this test has shown nothing.
    expect(Math.min(before.stop, before.text)).toBeGreaterThan(3);
  });

  const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 8));

  const orderOf = (table: string, column: string, value: string) =>
    bench.asOwner<{ nr: number }>(
      `select o.nr::int as nr from lane_order o join ${table} t on t.id = o.id where t.${column} = $1`,
      [value],
    );

  const optOut = (organizationId: string, phone: string) =>
    withOrganization(bench.deps.database, systemScope(organizationId), async (tx) => {
      await lockLane(tx, organizationId, phone);
      await recordWords(tx, organizationId, {
        phone,
        kind: 'opt_out',
        source: 'keyword',
        text: 'STOP',
        messageId: crypto.randomUUID(),
        campaignId: null,
        repeats: false,
        receivedAt: (await bench.clock.now()).toISOString(),
      });
    });
});

describe('the cost of a touch', () => {
  /** Statements that are sent without waiting for an answer in between are one round trip. */
  async function roundTrips(touch: () => Promise<unknown>): Promise<number> {
    const { pool } = bench.deps.database;
    const clients = await Promise.all(Array.from({ length: 16 }, () => pool.connect()));
    let trips = 0;
    const restore = clients.map((client) => {
      const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
      let underWay = 0;
      const counted = (...args: unknown[]) => {
        if (underWay === 0) trips += 1;
        underWay += 1;
        const answered = query(...args);
        const settled = () => void (underWay -= 1);
        answered.then(settled, settled);
        return answered;
      };
      Object.assign(client, { query: counted });
      // The method of its class shows again.
      return () => delete (client as Partial<pg.PoolClient>).query;
    });
    for (const client of clients) client.release();
    await touch();
    for (const undo of restore) undo();
    return trips;
  }

  test.each([
    ['text', 3],
    ['call', 3],
  ])('%s: %i round trips to the database, of eight that it may', async (stepId, trips) => {
    const journey = await (await bench.organization()).enrol();
    expect(await roundTrips(() => bench.attempt(journey, stepId))).toBe(trips);
    expect(trips).toBeLessThanOrEqual(8);
  });
});
