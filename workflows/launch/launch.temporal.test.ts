import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tinyJourney } from '#db/testing/factories.ts';
import { createCohortRig } from '../testing/cohorts.ts';
import type { CohortRig } from '../testing/cohorts.ts';
import * as messages from './messages.ts';

/** The machine may be busy with other tests. */
const patience = { timeout: 20_000 };

let rig: CohortRig;
beforeAll(async () => {
  rig = await createCohortRig();
});
beforeEach(() => rig.hook());
afterAll(() => rig.close());

describe('a launch', () => {
  test('starts a journey for everybody, and says so everywhere', async () => {
    const group = await rig.cohort(5);
    const launch = await rig.prepare(group);
    const handle = await launch.begin();
    expect(await handle.result()).toEqual({ started: 5, refused: 0, done: true, paused: false });
    expect(await launch.members()).toEqual({ started: 5 });
    expect(await launch.launch()).toMatchObject({ status: 'running' });
    expect(await rig.workflows(group)).toEqual({ RUNNING: 5 });
    for (const journey of await launch.rows('journeys')) {
      expect(journey.workflow_started_at).toBeInstanceOf(Date);
    }
    await rig.replay(handle.workflowId);
  });

  test('lists for each member every reason why it was refused', async () => {
    const group = await rig.cohort(8, tinyJourney);
    const { organizationId, leads } = group;
    const [fine, dnc, out, blocked, invalid, silent, elsewhere, several] = leads;
    await rig.asOwner(
      `update campaigns set settings = settings || '{"requireConsent": true}' where id = $1`,
      [group.campaign.campaignId],
    );
    const consent = (phone: string, kind: string) =>
      rig.asOwner(
        `insert into consents (organization_id, phone, kind, source, created_at) values ($1, $2, $3, 'manual', clock_timestamp())`,
        [organizationId, phone, kind],
      );
    const enter = (phone: string) =>
      rig.asOwner(`insert into dnc_entries (organization_id, phone, list) values ($1, $2, 'national')`, [
        organizationId,
        phone,
      ]);
    const block = (leadId: string) =>
      rig.asOwner(`insert into lead_blocks (organization_id, lead_id, reason) values ($1, $2, 'x')`, [
        organizationId,
        leadId,
      ]);
    for (const { phone } of leads.filter((lead) => lead !== silent)) await consent(phone, 'opt_in');
    await enter(dnc!.phone);
    await consent(out!.phone, 'opt_out');
    await block(blocked!.leadId);
    await rig.asOwner(`update leads set phone = '262966' where id = $1`, [invalid!.leadId]);
    await consent('262966', 'opt_in');
    const earlier = await rig.prepare(group, [elsewhere!.leadId]);
    await (await earlier.begin()).result();
    await enter(several!.phone);
    await block(several!.leadId);

    const launch = await rig.prepare(group);
    expect(await (await launch.begin()).result()).toMatchObject({ started: 1, refused: 7 });
    const told = new Map(
      (await launch.rows('launch_members')).map((member) => [
        member.lead_id as string,
        [member.state, ...(member.problems as { code: string }[]).map(({ code }) => code)],
      ]),
    );
    expect(leads.map(({ leadId }) => told.get(leadId))).toEqual([
      ['started'],
      ['refused', 'DNC_VIOLATION'],
      ['refused', 'OPTED_OUT', 'NO_CONSENT'],
      ['refused', 'LEAD_BLOCKED'],
      ['refused', 'INVALID_PHONE'],
      ['refused', 'NO_CONSENT'],
      ['refused', 'ALREADY_ENROLLED'],
      ['refused', 'LEAD_BLOCKED', 'DNC_VIOLATION'],
    ]);
    const problem = (await launch.rows('launch_members')).find(
      ({ lead_id: id }) => id === dnc!.leadId,
    )!.problems;
    expect(problem).toEqual([
      {
        code: 'DNC_VIOLATION',
        field: 'phone',
        severity: 'critical',
        message: expect.stringContaining('do-not-call'),
      },
    ]);
    expect((await launch.rows('journeys')).map((journey) => journey.lead_id as string)).toEqual([
      fine!.leadId,
    ]);
  });

  test.each([
    ['SMS_NOT_SUPPORTED', 'update phone_numbers set can_sms = false where organization_id = $1'],
    ['CALLER_ID_MISSING', 'update phone_numbers set is_active = false where organization_id = $1'],
  ])('refuses everybody when our numbers cannot do it: %s', async (code, change) => {
    const group = await rig.cohort(2, tinyJourney);
    await rig.asOwner(change, [group.organizationId]);
    const launch = await rig.prepare(group);
    expect(await (await launch.begin()).result()).toMatchObject({ started: 0, refused: 2 });
    for (const { problems } of await launch.rows('launch_members'))
      expect(problems).toMatchObject([{ code }]);
  });

  test('of nobody, and of a launch that does not exist', async () => {
    const group = await rig.cohort(0);
    const launch = await rig.prepare(group);
    expect(await (await launch.begin()).result()).toEqual({
      started: 0,
      refused: 0,
      done: true,
      paused: false,
    });
    const nowhere = rig.temporal.workflow.execute(messages.launchWorkflow, {
      workflowId: 'nowhere',
      taskQueue: 'test',
      args: [{ organizationId: group.organizationId, launchId: crypto.randomUUID() }],
    });
    await expect(nowhere).rejects.toThrow();
  });
});

describe('a launch under way', () => {
  test('stops when it is paused, batch by batch, and goes on when it is resumed', async () => {
    const group = await rig.cohort(201);
    const launch = await rig.prepare(group);
    rig.hook({ beforeStart: async (nr) => void (nr === 1 && (await launch.change('pause'))) });
    const handle = await launch.begin();
    const progress = () => handle.query(messages.launchProgressQuery);
    await expect.poll(progress, patience).toEqual({ started: 200, refused: 0, done: false, paused: true });
    expect(await launch.members()).toEqual({ pending: 1, started: 200 });
    await launch.change('resume');
    await handle.signal(messages.resumeLaunchSignal);
    expect(await handle.result()).toMatchObject({ started: 201, done: true });
    expect(await rig.workflows(group)).toEqual({ RUNNING: 201 });
  });

  test('does not stay paused when it was resumed before it had heard of the pause', async () => {
    const launch = await rig.prepare(await rig.cohort(3));
    await launch.change('pause');
    rig.hook({
      async afterBatch({ state }) {
        if (state !== 'paused') return;
        rig.hook();
        await launch.change('resume');
        await handle.signal(messages.resumeLaunchSignal);
      },
    });
    const handle = await launch.begin();
    expect(await handle.result()).toMatchObject({ started: 3, done: true });
  });

  test('ends when it is cancelled: the rest is refused, paused or not', async () => {
    const group = await rig.cohort(201);
    const launch = await rig.prepare(group);
    rig.hook({ beforeStart: async (nr) => void (nr === 1 && (await launch.change('cancel'))) });
    expect(await (await launch.begin()).result()).toMatchObject({ started: 200, done: false });
    expect(await launch.members()).toEqual({ refused: 1, started: 200 });

    const paused = await rig.prepare(await rig.cohort(2));
    await paused.change('pause');
    const handle = await paused.begin();
    await expect
      .poll(() => handle.query(messages.launchProgressQuery), patience)
      .toMatchObject({ paused: true });
    await paused.change('cancel');
    await handle.signal(messages.cancelLaunchSignal);
    expect(await handle.result()).toMatchObject({ started: 0, done: false });
    const codes = (await paused.rows('launch_members')).flatMap(
      ({ problems }) => problems as { code: string }[],
    );
    expect(codes.map(({ code }) => code)).toEqual(['LAUNCH_CANCELLED', 'LAUNCH_CANCELLED']);
  });

  test('twenty launches of one cohort at once give everybody one journey', async () => {
    const group = await rig.cohort(200);
    const launches = await Promise.all(
      Array.from({ length: 20 }, (_, nr) =>
        rig.prepare(group, nr % 2 ? group.leadIds : [...group.leadIds].reverse()),
      ),
    );
    const handles = await Promise.all(launches.map((launch) => launch.begin()));
    const results = (await Promise.all(
      handles.map((handle) => handle.result()),
    )) as messages.LaunchProgress[];
    expect(results.reduce((sum, result) => sum + result.started, 0)).toBe(200);
    expect(results.reduce((sum, result) => sum + result.refused, 0)).toBe(19 * 200);
    const journeys = await rig.asOwner('select lead_id from journeys where organization_id = $1', [
      group.organizationId,
    ]);
    expect(new Set(journeys.map((journey) => journey.lead_id as string))).toEqual(new Set(group.leadIds));
    expect(journeys).toHaveLength(200);
    expect(rig.started()).toBe(200);
    expect(await rig.workflows(group)).toEqual({ RUNNING: 200 });
    const refused = await rig.asOwner(
      `select distinct problems -> 0 ->> 'code' as code, jsonb_array_length(problems) as count
       from launch_members where organization_id = $1 and state = 'refused'`,
      [group.organizationId],
    );
    expect(refused).toEqual([{ code: 'ALREADY_ENROLLED', count: 1 }]);
  });
});

test('a finished launch that is run again changes nothing', async () => {
  const group = await rig.cohort(6);
  const launch = await rig.prepare(group);
  await (await launch.begin()).result();
  const everything = () =>
    Promise.all([
      launch.launch(),
      launch.rows('launch_members'),
      launch.rows('journeys'),
      launch.rows('events'),
    ]);
  const resting = async () =>
    (await launch.rows('journeys')).filter((journey) => journey.waiting_for === 'timer');
  await expect.poll(resting, patience).toHaveLength(6);
  const before = await everything();
  expect(await (await launch.begin()).result()).toEqual({
    started: 0,
    refused: 0,
    done: true,
    paused: false,
  });
  expect(await everything()).toEqual(before);
  expect(rig.started()).toBe(6);
});
