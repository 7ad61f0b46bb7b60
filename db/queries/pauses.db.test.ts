import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decide } from '#domain/compliance/gate.ts';
import type { ResumePolicy } from '#domain/compliance/pauses.ts';
import { watchRoundTrips } from '#scripts/bench/journey/round-trips.ts';
import { openDatabase } from '../database.ts';
import { systemScope, withOrganization } from '../tenant.ts';
import { mintCampaign, mintJourney, mintLaunch, mintLead, mintOrganization } from '../testing/factories.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import type { TestDatabase } from '../testing/test-database.ts';
import { readFacts } from './gate-facts.ts';
import { changeLaunch } from './launch-changes.ts';
import { setPaused } from './pauses.ts';
import type { PauseChange, PauseSubject } from './pauses.ts';

const actor = { userId: null, requestId: 'test' };
let db: TestDatabase;
let organizationId: string;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  ({ organizationId } = await mintOrganization(db.database));
});
afterAll(() => db.close());

const change = (subject: PauseSubject, what: PauseChange, database = db.database) =>
  withOrganization(database, systemScope(organizationId), (tx) =>
    setPaused(tx, organizationId, subject, what, actor),
  );
const pause: PauseChange = { change: 'pause' };
const resume = (policy: ResumePolicy | null = null): PauseChange => ({ change: 'resume', policy });
const stretches = (subjectId: string) =>
  db.asOwner<{ policy: string; open: boolean; lastedMs: number }>(
    `select policy, ended_at is null as open, extract(epoch from coalesce(ended_at, now()) - began_at)::float8 * 1000 as "lastedMs"
     from sending_pauses where subject_id = $1 order by began_at`,
    [subjectId],
  );

/** What the gate says to a text of the journey just now. */
function ask(journeyId: string) {
  return withOrganization(db.database, systemScope(organizationId), async (tx) => {
    const subject = { journeyId, stepId: 'text' };
    const context = await readFacts(tx, { subject, touchKey: 'text:1', channel: 'sms' });
    return decide({ ...context!.gate, channel: 'sms', urgent: false, expiresAt: null });
  });
}

test('a campaign of ten thousand journeys is paused within a second, in three statements, for all of them', async () => {
  const campaign = await mintCampaign(db.database, organizationId);
  const launchId = await mintLaunch(db.database, organizationId, campaign, []);
  const journeys = await db.asOwner<{ id: string }>(
    `with l as (
       insert into leads (organization_id, phone, raw_phone, first_name, time_zones)
       select $1, '+1202' || (2000000 + nr), '', 'Ada', array['Etc/GMT'] from generate_series(1, 10000) nr returning id)
     insert into journeys (organization_id, lead_id, campaign_id, launch_id, version_id, workflow_id, waiting_for, waiting_until)
     select $1, id, $2, $3, $4, id::text, 'timer', now() from l returning id`,
    [organizationId, campaign.campaignId, launchId, campaign.versionId],
  );
  const watched = openDatabase({ url: db.ownerUrl, poolSize: 1 });
  const seen = watchRoundTrips(watched.pool);
  const beganAt = performance.now();
  await change({ kind: 'campaign', id: campaign.campaignId }, pause, watched);
  const tookMs = performance.now() - beganAt;
  expect(seen().statements).toBeLessThanOrEqual(3);
  expect(tookMs).toBeLessThan(1_000);
  await watched.close();
  expect(journeys).toHaveLength(10_000);
  const some = journeys.filter((_, index) => index % 97 === 0);
  for (const { id } of some) expect(await ask(id)).toMatchObject({ code: 'CAMPAIGN_PAUSED' });
});

describe.each(['campaign', 'launch', 'organization'] as const)('a %s', (kind) => {
  async function mint(settings: { resumePolicy?: ResumePolicy } = {}) {
    const campaign = await mintCampaign(db.database, organizationId, { settings });
    const { leadId } = await mintLead(db.database, organizationId);
    const { journeyId, launchId } = await mintJourney(db.database, organizationId, campaign, leadId);
    const id = { campaign: campaign.campaignId, launch: launchId, organization: organizationId }[kind];
    return { journeyId, subject: { kind, id } };
  }
  const code = {
    campaign: 'CAMPAIGN_PAUSED',
    launch: 'LAUNCH_PAUSED',
    organization: 'SENDING_STOPPED',
  }[kind];

  test('is paused and resumed once, however many ask at once, and each time is on record', async () => {
    const { journeyId, subject } = await mint();
    for (let round = 1; round <= 2; round += 1) {
      const paused = await Promise.all(Array.from({ length: 5 }, () => change(subject, pause)));
      expect(paused.filter((answer) => answer?.changed)).toHaveLength(1);
      expect(new Set(paused.map((answer) => answer?.pausedAt)).size).toBe(1);
      expect(await ask(journeyId)).toMatchObject({ decision: 'hold', code });
      const resumed = await Promise.all(Array.from({ length: 5 }, () => change(subject, resume())));
      expect(resumed.filter((answer) => answer?.changed)).toHaveLength(1);
      expect(resumed.map((answer) => answer?.pausedAt)).toEqual(Array.from({ length: 5 }, () => null));
      expect(await ask(journeyId)).not.toMatchObject({ decision: 'hold' });
      expect(await stretches(subject.id)).toHaveLength(round);
    }
    expect((await stretches(subject.id)).every(({ open }) => !open)).toBe(true);
    const words = kind === 'organization' ? ['stop', 'resume'] : ['pause', 'resume'];
    const log = await db.asOwner(
      'select action, data from audit_log where organization_id = $1 order by created_at',
      [organizationId],
    );
    expect(log.map(({ action }) => action as string)).toEqual(
      [...words, ...words].map((word) => `${kind}.${word}`),
    );
    expect(log[1]!.data).toEqual({ policy: 'keep' });
    const events = await db.asOwner('select type from events where organization_id = $1', [organizationId]);
    expect(events.map(({ type }) => type as string)).toEqual(
      Array.from({ length: 4 }, () => `${kind}.updated`),
    );
  });

  test('is resumed with the policy that is asked for, else with the campaign’s', async () => {
    const { subject } = await mint({ resumePolicy: 'shift' });
    await change(subject, pause);
    await change(subject, resume());
    await change(subject, pause);
    await change(subject, resume('expire'));
    const own = kind === 'organization' ? 'keep' : 'shift';
    expect((await stretches(subject.id)).map(({ policy }) => policy)).toEqual([own, 'expire']);
  });

  test('that was paused by hand gets its time back too, and one that was freed by hand not too much', async () => {
    const { subject } = await mint();
    const table = { campaign: 'campaigns', launch: 'launches', organization: 'organizations' }[kind];
    const column = kind === 'organization' ? 'sending_stopped_at' : 'paused_at';
    const byHand = (value: string) =>
      db.asOwner(`update ${table} set ${column} = ${value} where id = $1`, [subject.id]);
    await byHand(`now() - interval '1 hour'`);
    await change(subject, resume());
    const [hour] = await stretches(subject.id);
    expect(hour!.lastedMs).toBeGreaterThan(3_599_000);

    await change(subject, pause);
    await byHand('null');
    await db.asOwner(
      `update sending_pauses set began_at = now() - interval '1 day' where subject_id = $1 and ended_at is null`,
      [subject.id],
    );
    await change(subject, pause);
    await change(subject, resume());
    const [, , ...more] = await stretches(subject.id);
    expect(more).toEqual([]);
    expect((await stretches(subject.id)).at(-1)!.lastedMs).toBeLessThan(60_000);
  });

  test('of another organisation is not there', async () => {
    const { subject } = await mint();
    const theirs = subject.id;
    ({ organizationId } = await mintOrganization(db.database));
    expect(await change({ kind, id: theirs }, pause)).toBeNull();
    expect(await stretches(theirs)).toEqual([]);
  });
});

test('a cancelled launch is paused no more, and the pause it was in is over', async () => {
  const campaign = await mintCampaign(db.database, organizationId);
  const launchId = await mintLaunch(db.database, organizationId, campaign, []);
  const subject = { kind: 'launch', id: launchId } as const;
  await change(subject, pause);
  await withOrganization(db.database, systemScope(organizationId), (tx) =>
    changeLaunch(tx, organizationId, launchId, 'cancel', actor),
  );
  expect(await stretches(launchId)).toMatchObject([{ open: false }]);
  expect(await change(subject, pause)).toMatchObject({ changed: false, cancelled: true });
});

describe('what the gate makes of the journey’s wait after a pause', () => {
  /** Minutes from now; the pause is over and took ten of them. */
  async function ended(wait: { from: number; until: number }, pauseAt: number, policy: ResumePolicy) {
    const campaign = await mintCampaign(db.database, organizationId, { settings: { recentSmsHours: 0 } });
    const { leadId } = await mintLead(db.database, organizationId);
    const { journeyId } = await mintJourney(db.database, organizationId, campaign, leadId);
    const subject = { kind: 'campaign', id: campaign.campaignId } as const;
    await change(subject, pause);
    await change(subject, resume(policy));
    const minutes = `* interval '1 minute'`;
    await db.asOwner(
      `update sending_pauses set began_at = now() + $2::int ${minutes}, ended_at = now() + ($2::int + 10) ${minutes} where subject_id = $1`,
      [subject.id, pauseAt],
    );
    await db.asOwner(
      `update journeys set wait_from = now() + $2::int ${minutes}, wait_until = now() + $3::int ${minutes} where id = $1`,
      [journeyId, wait.from, wait.until],
    );
    const said = await ask(journeyId);
    if (said.decision !== 'defer') return 'code' in said ? said.code : said.decision;
    return `${said.code} for ${Math.round((said.until.getTime() - Date.now()) / 60_000)} min`;
  }

  test.each<[string, () => Promise<string>, string]>([
    ['keep: ten minutes more', () => ended({ from: -60, until: -2 }, -30, 'keep'), 'WAIT_NOT_OVER for 8 min'],
    ['keep: it came due in the pause', () => ended({ from: -60, until: -15 }, -20, 'keep'), 'send'],
    ['shift: nothing', () => ended({ from: -60, until: -2 }, -30, 'shift'), 'send'],
    ['expire: it came due in the pause', () => ended({ from: -60, until: -15 }, -20, 'expire'), 'EXPIRED'],
    ['expire: it came due later', () => ended({ from: -60, until: -2 }, -20, 'expire'), 'send'],
    ['a time of day stays where it is', () => ended({ from: -2, until: -2 }, -30, 'keep'), 'send'],
    ['a reply has cut the wait short', () => ended({ from: -60, until: 60 }, -30, 'keep'), 'send'],
  ])('%s', async (_, outcome, wanted) => {
    expect(await outcome()).toBe(wanted);
  });
});
