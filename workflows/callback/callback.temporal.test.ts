import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callbackTouchKey } from '#domain/callback.ts';
import type { CallOutcome } from '#domain/carrier-status.ts';
import { hourMs, minuteMs } from '#domain/duration.ts';
import { changeCallback, insertCallback } from '#db/queries/callbacks.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintCampaign, mintLead, mintOrganization, zoneWhereItIsNoon } from '#db/testing/factories.ts';
import { callStatusSignal } from '../lead-journey/messages.ts';
import { createWorkflowRig } from '../testing/rig.ts';
import type { WorkflowRig } from '../testing/rig.ts';
import { callbackChangedSignal, callbackStart, callbackWorkflow } from './messages.ts';

let rig: WorkflowRig;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  rig = await createWorkflowRig(undefined, { unbound: true });
  stopWorker = rig.stopFirstWorker;
});
afterAll(async () => {
  await stopWorker();
  await rig.close();
});

/** A promise to a lead where it is noon, due in that time, with its workflow started. */
async function promise(dueInMs: number) {
  const { organizationId } = await mintOrganization(rig.database);
  const { campaignId } = await mintCampaign(rig.database, organizationId);
  const now = await rig.clock.now();
  const { leadId, phone } = await mintLead(rig.database, organizationId, {
    timeZones: [zoneWhereItIsNoon(now)],
  });
  const dueAtMs = now.getTime() + dueInMs;
  const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;
  const change = <T>(work: (tx: Parameters<Parameters<typeof withOrganization<T>>[2]>[0]) => Promise<T>) =>
    withOrganization(rig.database, systemScope(organizationId), work);
  const made = await change((tx) =>
    insertCallback(tx, {
      leadId,
      campaignId,
      journeyId: null,
      dueAt: at(dueAtMs),
      say: null,
      note: null,
      source: 'api',
      userId: null,
      requestKey: null,
    }),
  );
  const callbackId = made!.id;
  const start = callbackStart({ organizationId, callbackId, leadId, campaignId }, 'test');
  const begin = () => rig.temporal.workflow.start(callbackWorkflow, start);
  const handle = await begin();
  const row = async () => (await rig.asOwner('select * from callbacks where id = $1', [callbackId]))[0]!;
  const calls = () => rig.ledger.calls.filter(({ to }) => to === phone);
  return {
    organizationId,
    leadId,
    phone,
    callbackId,
    dueAtMs,
    handle,
    begin,
    row,
    calls,
    cancel: (note: string) => change((tx) => changeCallback(tx, callbackId, { cancel: { note } })),
    reschedule: (ms: number) => change((tx) => changeCallback(tx, callbackId, { dueAt: new Date(ms) })),
    tell: () => handle.signal(callbackChangedSignal),
    ends: (attempt: number, outcome: CallOutcome) =>
      handle.signal(callStatusSignal, { touchKey: callbackTouchKey(callbackId, attempt), outcome }),
    /** Waits, in real time, until that many calls were placed. */
    called: async (times: number) => {
      await expect.poll(() => calls().length, { timeout: 10_000, interval: 30 }).toBe(times);
    },
    until: async (wanted: Record<string, unknown>) => {
      await expect.poll(row, { timeout: 10_000, interval: 30 }).toMatchObject(wanted);
    },
    tasks: () => rig.asOwner('select kind, status from tasks where lead_id = $1', [leadId]),
    events: async () =>
      (
        await rig.asOwner<{ type: string }>(
          "select type from events where lead_id = $1 and type like 'callback.%' order by id",
          [leadId],
        )
      ).map(({ type }) => type),
  };
}

const lateByMs = async ({ row }: { row: () => Promise<Record<string, unknown>> }) => {
  const { due_at: dueAt, kept_at: keptAt } = await row();
  return (keptAt as Date).getTime() - (dueAt as Date).getTime();
};

describe('a promised callback', () => {
  test('is called once, when it is due, and kept when the person answers; its history replays', async () => {
    const callback = await promise(hourMs);
    await callback.until({ started_at: expect.any(Date) });
    await rig.skip(hourMs - minuteMs);
    expect(callback.calls()).toHaveLength(0);
    await rig.skip(minuteMs);
    await callback.called(1);
    // Started again, and told again and again: that is still one call.
    await callback.begin();
    for (let times = 0; times < 3; times += 1) await callback.ends(1, 'answered');
    await callback.tell().catch(() => {});
    expect(await callback.handle.result()).toEqual({ status: 'kept' });
    expect(await lateByMs(callback)).toBeLessThan(minuteMs);
    await callback.until({ status: 'kept', attempts: 1 });
    expect(callback.calls()).toHaveLength(1);
    expect(await callback.events()).toEqual(['callback.scheduled', 'callback.kept']);
    const words = JSON.stringify(await rig.replay(callback.handle.workflowId));
    expect(words).not.toContain(callback.phone);
    // Nothing is done anew for a promise that is settled.
    const again = await callback.begin();
    expect(await again.result()).toEqual({ status: 'kept' });
    expect(callback.calls()).toHaveLength(1);
  });

  test('whose time comes while no worker is there is called as soon as one is, exactly once', async () => {
    const callback = await promise(hourMs);
    await callback.until({ started_at: expect.any(Date) });
    await stopWorker();
    // The test server's time stands still from the moment at which there is work for nobody.
    const skipped = rig.skip(hourMs + minuteMs);
    await expect
      .poll(async () => (await rig.clock.now()).getTime(), { timeout: 10_000 })
      .toBeGreaterThanOrEqual(callback.dueAtMs);
    const overdue = await promise(-2 * hourMs);
    stopWorker = await rig.startWorker();
    await skipped;
    for (const { called, ends, handle, calls } of [callback, overdue]) {
      await called(1);
      await ends(1, 'answered');
      expect(await handle.result()).toEqual({ status: 'kept' });
      expect(calls()).toHaveLength(1);
      await rig.replay(handle.workflowId);
    }
    expect(await lateByMs(overdue)).toBeGreaterThan(2 * hourMs);
  });

  test('waits for the lead’s hours', async () => {
    const callback = await promise(10 * hourMs);
    await callback.until({ started_at: expect.any(Date) });
    await rig.skip(11 * hourMs);
    expect(callback.calls()).toHaveLength(0);
    await rig.skip(10 * hourMs);
    await callback.called(1);
    await callback.ends(1, 'answered');
    expect(await callback.handle.result()).toEqual({ status: 'kept' });
    expect(await lateByMs(callback)).toBeGreaterThan(8 * hourMs);
    await rig.replay(callback.handle.workflowId);
  });

  test('is tried three times, 15 minutes apart, and then missed: one task', async () => {
    const callback = await promise(minuteMs);
    await callback.until({ started_at: expect.any(Date) });
    await rig.skip(minuteMs);
    await callback.called(1);
    await callback.ends(1, 'busy');
    await callback.until({ attempts: 1, status: 'scheduled' });
    await rig.skip(14 * minuteMs);
    expect(callback.calls()).toHaveLength(1);
    await rig.skip(2 * minuteMs);
    await callback.called(2);
    // Its callbacks are lost: the carrier is asked.
    Object.assign(callback.calls()[1]!, { status: 'no-answer' });
    await rig.skip(11 * minuteMs);
    await callback.until({ attempts: 2, status: 'scheduled' });
    await rig.skip(15 * minuteMs);
    await callback.called(3);
    await callback.ends(3, 'voicemail');
    expect(await callback.handle.result()).toEqual({ status: 'missed' });
    await callback.until({ status: 'missed', attempts: 3, note: 'voicemail', kept_at: null });
    expect(await callback.tasks()).toEqual([{ kind: 'callback_missed', status: 'open' }]);
    expect(await callback.events()).toEqual(['callback.scheduled', 'callback.missed']);
    // Begun again, as the sweeper would: there is still one task.
    await (await callback.begin()).result();
    expect(await callback.tasks()).toHaveLength(1);
    await rig.replay(callback.handle.workflowId);
  });

  test('is held while sending is stopped, and kept when it goes on', async () => {
    const callback = await promise(hourMs);
    const stop = (at: string) =>
      rig.asOwner(`update organizations set sending_stopped_at = ${at} where id = $1`, [
        callback.organizationId,
      ]);
    await stop('now()');
    await callback.until({ started_at: expect.any(Date) });
    await rig.skip(2 * hourMs);
    expect(callback.calls()).toHaveLength(0);
    await stop('null');
    await rig.skip(15 * minuteMs);
    await callback.called(1);
    await callback.ends(1, 'answered');
    expect(await callback.handle.result()).toEqual({ status: 'kept' });
    await rig.replay(callback.handle.workflowId);
  });

  test('is cancelled by a person, and by the person’s opt-out', async () => {
    const cancelled = await promise(hourMs);
    const optedOut = await promise(hourMs);
    const cancelledUnheard = await promise(hourMs);
    for (const { until } of [cancelled, optedOut, cancelledUnheard])
      await until({ started_at: expect.any(Date) });
    expect(await cancelled.cancel('has bought already')).toBe(true);
    await cancelled.tell();
    expect(await cancelled.handle.result()).toEqual({ status: 'cancelled' });
    await rig.asOwner(
      "insert into consents (organization_id, phone, kind, source) values ($1, $2, 'opt_out', 'test')",
      [optedOut.organizationId, optedOut.phone],
    );
    // Nobody tells the workflow: the row alone decides.
    await cancelledUnheard.cancel('never mind');
    await rig.skip(2 * hourMs);
    expect(await optedOut.handle.result()).toEqual({ status: 'cancelled' });
    expect(await cancelledUnheard.handle.result()).toEqual({ status: 'cancelled' });
    await optedOut.until({ status: 'cancelled', note: 'OPTED_OUT' });
    for (const { calls, tasks, handle } of [cancelled, optedOut, cancelledUnheard]) {
      expect(calls()).toHaveLength(0);
      expect(await tasks()).toEqual([]);
      await rig.replay(handle.workflowId);
    }
    expect(await cancelled.events()).toEqual(['callback.scheduled', 'callback.cancelled']);
  });

  test('keeps a new time, has all its tries for it, and leaves the old one alone', async () => {
    const callback = await promise(hourMs);
    await callback.until({ started_at: expect.any(Date) });
    await rig.skip(hourMs);
    await callback.called(1);
    await callback.ends(1, 'no_answer');
    await callback.until({ attempts: 1 });
    await callback.reschedule(callback.dueAtMs + 3 * hourMs);
    await callback.tell();
    await rig.skip(2 * hourMs);
    expect(callback.calls()).toHaveLength(1);
    await rig.skip(hourMs + minuteMs);
    for (const attempt of [2, 3]) {
      await callback.called(attempt);
      await callback.ends(attempt, 'busy');
      await callback.until({ attempts: attempt });
      await rig.skip(16 * minuteMs);
    }
    await callback.called(4);
    await callback.ends(4, 'answered');
    expect(await callback.handle.result()).toEqual({ status: 'kept' });
    // Two busy calls were in between, 15 minutes apart.
    expect(await lateByMs(callback)).toBeGreaterThan(30 * minuteMs);
    await rig.replay(callback.handle.workflowId);
  });

  test('that was moved while the call was under way stands for the new time', async () => {
    const callback = await promise(minuteMs);
    await callback.until({ started_at: expect.any(Date) });
    await rig.skip(minuteMs);
    await callback.called(1);
    await callback.reschedule(callback.dueAtMs + hourMs);
    await callback.ends(1, 'answered');
    await callback.until({ attempts: 1, status: 'scheduled' });
    await rig.skip(hourMs);
    await callback.called(2);
    await callback.ends(2, 'answered');
    expect(await callback.handle.result()).toEqual({ status: 'kept' });
  });
});
