import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { tinyJourney } from '#db/testing/factories.ts';
import { tellJourneysWorkflow } from '../tell-journeys/messages.ts';
import type { TellJourneysInput } from '../tell-journeys/messages.ts';
import { createCohortRig } from '../testing/cohorts.ts';
import type { CohortRig } from '../testing/cohorts.ts';

/** The machine may be busy with other tests. */
const patience = { timeout: 20_000 };

let rig: CohortRig;
beforeAll(async () => {
  rig = await createCohortRig();
});
beforeEach(() => rig.hook());
afterAll(() => rig.close());

describe('a launch whose worker goes midway', () => {
  test('is finished by the next worker: nobody is left out, nobody has two', async () => {
    await rig.replaceWorker({ startsOnly: true });
    const group = await rig.cohort(40);
    const launch = await rig.prepare(group);
    let bury!: () => void;
    const dead = new Promise<never>((_, reject) => {
      bury = () => reject(new Error('this worker is gone'));
    });
    dead.catch(() => {});
    onTestFinished(() => bury());
    rig.hook({ beforeStart: (nr) => (nr >= 15 ? dead : Promise.resolve()) });
    const handle = await launch.begin();
    await expect.poll(rig.started, patience).toBe(40);
    await expect.poll(() => rig.workflows(group), patience).toEqual({ RUNNING: 14, none: 26 });
    // Everybody is enrolled, some have begun, and nothing of that is on record with the launch yet.
    expect(await launch.members()).toEqual({ pending: 40 });

    const meanwhile = () => {
      rig.hook();
      bury();
    };
    await rig.replaceWorker({ startsOnly: true, meanwhile });
    expect(await handle.result()).toMatchObject({ started: 40, refused: 0, done: true });
    expect(await launch.members()).toEqual({ started: 40 });
    expect(await launch.rows('journeys')).toHaveLength(40);
    expect(await rig.workflows(group)).toEqual({ RUNNING: 40 });
    await rig.replaceWorker();
  });

  test('starts those whom it had enrolled, whatever is known of them since: their gate ends it', async () => {
    const group = await rig.cohort(2, tinyJourney);
    const [listed, fine] = group.leads;
    const launch = await rig.prepare(group);
    await launch.enrolOnly();
    await rig.asOwner(`insert into dnc_entries (organization_id, phone, list) values ($1, $2, 'own')`, [
      group.organizationId,
      listed!.phone,
    ]);
    expect(await (await launch.begin()).result()).toMatchObject({ started: 2, refused: 0 });
    const journeyOf = (leadId: string) => async () =>
      (await launch.rows('journeys')).find((journey) => journey.lead_id === leadId);
    await expect
      .poll(journeyOf(listed!.leadId), patience)
      .toMatchObject({ status: 'removed', end_reason: 'DNC_VIOLATION' });
    await expect.poll(journeyOf(fine!.leadId), patience).toMatchObject({ status: 'active', step_id: 'wait' });
    expect(rig.ledger.texts.map(({ to }) => to)).not.toContain(listed!.phone);
  });

  test('leaves no enrolled journey behind that it was cancelled before it could start', async () => {
    const launch = await rig.prepare(await rig.cohort(3));
    await launch.enrolOnly();
    await launch.change('cancel');
    expect(await (await launch.begin()).result()).toMatchObject({ started: 0, done: false });
    const ends = async () =>
      (await launch.rows('journeys')).map((journey) => [journey.status, journey.end_reason]);
    await expect
      .poll(ends, patience)
      .toEqual(Array.from({ length: 3 }, () => ['removed', 'LAUNCH_CANCELLED']));
  });
});

describe('journeys are told', () => {
  const tell = (input: TellJourneysInput) =>
    rig.temporal.workflow.execute(tellJourneysWorkflow, {
      workflowId: `tell-${crypto.randomUUID()}`,
      taskQueue: 'test',
      args: [input],
    });

  test('to go on when what held them is over: each sends its text once', async () => {
    const group = await rig.cohort(25, tinyJourney);
    const { organizationId, campaign } = group;
    const { campaignId } = campaign;
    await rig.asOwner('update campaigns set paused_at = now() where id = $1', [campaignId]);
    const launch = await rig.prepare(group);
    await (await launch.begin()).result();
    const waitsFor = async () =>
      new Set((await launch.rows('journeys')).map((journey) => journey.waiting_for));
    await expect.poll(waitsFor, patience).toEqual(new Set(['hold']));

    await rig.asOwner('update campaigns set paused_at = null where id = $1', [campaignId]);
    const wake: TellJourneysInput = {
      organizationId,
      audience: { campaignId },
      heldOnly: true,
      message: { tell: 'wake' },
    };
    expect(await tell(wake)).toEqual({ told: 25 });
    await expect.poll(waitsFor, patience).toEqual(new Set(['timer']));
    // Nobody is held any more, and whoever is woken for nothing takes no harm.
    expect(await tell(wake)).toEqual({ told: 0 });
    expect(await tell({ ...wake, heldOnly: false, audience: { organizationWide: true } })).toEqual({
      told: 25,
    });
    const texts = rig.ledger.texts.filter(
      ({ to, createdAt }) => group.leads.some(({ phone }) => phone === to) && createdAt,
    );
    const ours = await rig.asOwner('select provider_sid from sms_messages where organization_id = $1', [
      organizationId,
    ]);
    const sids = new Set(ours.map((row) => row.provider_sid as string));
    expect(texts.filter(({ sid }) => sids.has(sid))).toHaveLength(25);
  });

  test('to end when their launch is cancelled, and nobody else’s', async () => {
    const group = await rig.cohort(205);
    const [first, second] = [
      await rig.prepare(group, group.leadIds.slice(0, 201)),
      await rig.prepare(group, group.leadIds.slice(201)),
    ];
    await (await first.begin()).result();
    await (await second.begin()).result();
    await first.change('cancel');
    const told = await tell({
      organizationId: group.organizationId,
      audience: { launchId: first.launchId },
      heldOnly: false,
      message: { tell: 'remove', reason: 'LAUNCH_CANCELLED' },
    });
    expect(told).toEqual({ told: 201 });
    const statuses = async (launch: typeof first) =>
      new Set((await launch.rows('journeys')).map(({ status, end_reason: reason }) => `${status} ${reason}`));
    await expect.poll(() => statuses(first), patience).toEqual(new Set(['removed LAUNCH_CANCELLED']));
    expect(await statuses(second)).toEqual(new Set(['active null']));
    await expect.poll(() => rig.workflows(group), patience).toEqual({ COMPLETED: 201, RUNNING: 4 });
  });
});
