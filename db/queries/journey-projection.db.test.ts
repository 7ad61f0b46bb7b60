import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemScope } from '../tenant.ts';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '../testing/factories.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import type { TestDatabase } from '../testing/test-database.ts';
import { recordProjection } from './journey-projection.ts';
import type { JourneyProjection } from './journey-projection.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

async function begin() {
  const { organizationId } = await mintOrganization(db.database);
  const campaign = await mintCampaign(db.database, organizationId);
  const { leadId } = await mintLead(db.database, organizationId);
  const { journeyId, launchId } = await mintJourney(db.database, organizationId, campaign, leadId);
  const record = (projection: JourneyProjection) =>
    recordProjection(db.database, systemScope(organizationId), projection);
  const written = async () => ({
    journey: (await db.asOwner('select * from journeys where id = $1', [journeyId]))[0]!,
    lines: await db.asOwner(
      'select seq, kind, step_id, data, at from journey_events where journey_id = $1 order by seq',
      [journeyId],
    ),
    events: await db.asOwner(
      'select type, lead_id, launch_id, data from events where journey_id = $1 order by id',
      [journeyId],
    ),
  });
  return { journeyId, leadId, launchId, record, written };
}

/** The projections of a journey's rests, as its workflow sends them, each with that many lines. */
function turns(journeyId: string, lineCounts: number[]): JourneyProjection[] {
  let firstSeq = 0;
  return lineCounts.map((lines, index) => {
    const last = index === lineCounts.length - 1;
    const projection: JourneyProjection = {
      journeyId,
      revision: index + 1,
      status: last ? 'completed' : 'active',
      endReason: last ? 'over' : null,
      stepId: `step-${index}`,
      waitingFor: last ? null : 'defer',
      waitingUntilMs: last ? null : Date.UTC(2026, 10, 20 + index),
      waitingCode: last ? null : 'QUIET_HOURS',
      lastDisposition: null,
      wait: null,
      firstSeq,
      timeline: Array.from({ length: lines }, (_, line) => ({
        atMs: Date.UTC(2026, 10, 20 + index),
        kind: `line ${index}.${line}`,
        stepId: line === 0 ? null : 'text',
        data: { touchKey: 'text:1', count: line, refused: null },
      })),
    };
    firstSeq += lines;
    return projection;
  });
}

describe('where a journey rests', () => {
  test('is written with its new lines and its event', async () => {
    const { journeyId, leadId, launchId, record, written } = await begin();
    const [rest, end] = turns(journeyId, [2, 1]);
    await record(rest!);
    const after = await written();
    expect(after.journey).toMatchObject({
      status: 'active',
      step_id: 'step-0',
      waiting_for: 'defer',
      waiting_until: new Date('2026-11-20'),
      waiting_code: 'QUIET_HOURS',
      revision: 1,
      ended_at: null,
    });
    expect(after.lines).toMatchObject([
      { seq: 0, kind: 'line 0.0', step_id: null, data: { touchKey: 'text:1', count: 0, refused: null } },
      { seq: 1, kind: 'line 0.1', step_id: 'text', at: new Date('2026-11-20') },
    ]);
    expect(after.events).toEqual([
      {
        type: 'journey.updated',
        lead_id: leadId,
        launch_id: launchId,
        data: { status: 'active', stepId: 'step-0', waitingFor: 'defer' },
      },
    ]);
    await record(end!);
    const over = (await written()).journey;
    expect(over).toMatchObject({
      status: 'completed',
      end_reason: 'over',
      waiting_for: null,
      waiting_until: null,
    });
    expect(over.ended_at).toBeInstanceOf(Date);
  });

  test('is written once, however often it is told', async () => {
    const { journeyId, record, written } = await begin();
    const [rest] = turns(journeyId, [3, 1]);
    await record(rest!);
    const before = await written();
    await Promise.all([record(rest!), record(rest!), record(rest!)]);
    expect(await written()).toEqual(before);
  });

  test('is never what it was before, whatever comes late or twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 5 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
        async (lineCounts, repeats) => {
          const { journeyId, record, written } = await begin();
          const all = turns(journeyId, lineCounts);
          for (const [index, turn] of all.entries()) {
            await record(turn);
            await record(all[repeats[index % repeats.length]! % (index + 1)]!);
          }
          const { journey, lines, events } = await written();
          expect(journey).toMatchObject({
            status: 'completed',
            revision: all.length,
            step_id: all.at(-1)!.stepId,
          });
          expect(lines.map(({ kind }) => kind as string)).toEqual(
            all.flatMap(({ timeline }) => timeline.map(({ kind }) => kind)),
          );
          expect(lines.map(({ seq }) => seq as number)).toEqual(lines.map((_, index) => index));
          expect(events).toHaveLength(all.length);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('is told anew by the turn that replaces one that Temporal threw away', async () => {
    const { journeyId, record, written } = await begin();
    const [first, second, third] = turns(journeyId, [2, 3, 1]);
    await record(first!);
    // Thrown away after it had written twice: what it would have been without the reply that came meanwhile.
    await record({ ...second!, revision: 200 });
    await record({ ...third!, revision: 201 });
    const line = (kind: string) => ({ atMs: Date.UTC(2026, 10, 25), kind, stepId: 'hear', data: {} });
    const instead: JourneyProjection = {
      ...second!,
      revision: 500,
      stepId: 'hear',
      timeline: [line('reply-received'), line('reply-taken')],
    };
    await record(instead);
    const { journey, lines } = await written();
    expect(journey).toMatchObject({
      status: 'active',
      step_id: 'hear',
      end_reason: null,
      ended_at: null,
      revision: 500,
    });
    expect(lines.map(({ kind }) => kind as string)).toEqual([
      'line 0.0',
      'line 0.1',
      'reply-received',
      'reply-taken',
    ]);
    // Whatever of the thrown-away turn still arrives changes nothing.
    await record({ ...third!, revision: 202 });
    expect(await written()).toMatchObject({ journey, lines });
  });

  test('of another organisation’s journey is not written', async () => {
    const [one, other] = [await begin(), await begin()];
    const [rest] = turns(other.journeyId, [1, 1]);
    await one.record(rest!);
    expect((await other.written()).journey.revision).toBe(0);
    expect((await other.written()).lines).toEqual([]);
  });

  test('keeps the journey’s own wait while the gate puts the touch off, and ends one that was cut short', async () => {
    const { journeyId, record, written } = await begin();
    const wait = async () => {
      const { wait_from: from, wait_until: until } = (await written()).journey;
      return [from, until] as (Date | null)[];
    };
    let revision = 0;
    const rest = (waitingFor: string, own: JourneyProjection['wait'], waitingCode: string | null = null) => {
      revision += 1;
      const [projection] = turns(journeyId, [0, 0]);
      return record({ ...projection!, revision, waitingFor, waitingCode, wait: own });
    };
    const hourMs = 3_600_000;
    const now = Math.floor(Date.now() / 1_000) * 1_000;
    await rest('hold', null, 'CAMPAIGN_PAUSED');
    expect(await wait()).toEqual([null, null]);
    const over = { fromMs: now - 2 * hourMs, untilMs: now - hourMs };
    await rest('timer', over);
    for (const kind of ['defer', 'hold', 'call']) {
      await rest(kind, null);
      expect(await wait()).toEqual([new Date(over.fromMs), new Date(over.untilMs)]);
    }
    const asked = { fromMs: now - hourMs, untilMs: now + hourMs };
    await rest('reply', asked);
    expect(await wait()).toEqual([new Date(asked.fromMs), new Date(asked.untilMs)]);
    await rest('hold', null, 'CAMPAIGN_PAUSED');
    const [from, until] = await wait();
    expect(until).toEqual(from);
    expect(Math.abs(from!.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test.each([
    ['CAMPAIGN_PAUSED', 'campaigns set paused_at'],
    ['LAUNCH_PAUSED', 'launches set paused_at'],
    ['SENDING_STOPPED', 'organizations set sending_stopped_at'],
    ['SENDING_STOPPED', 'platform.switches set sending_stopped_at'],
  ])('on a hold that is over already is told so: %s, %s', async (code, column) => {
    const { journeyId, record } = await begin();
    const [rest] = turns(journeyId, [0, 0]);
    const held = (revision: number, waitingCode: string) =>
      record({ ...rest!, revision, waitingFor: 'hold', waitingCode });
    await db.asOwner(`update ${column} = now()`);
    expect(await held(1, code)).toBe(false);
    await db.asOwner(`update ${column} = null`);
    expect(await held(2, code)).toBe(true);
    expect(await held(3, 'CALLER_ID_MISSING')).toBe(false);
    expect(await record({ ...rest!, revision: 4, waitingFor: 'defer', waitingCode: code })).toBe(false);
  });
});
