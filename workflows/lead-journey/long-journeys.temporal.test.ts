import type { WorkflowExecutionDescription } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayMs } from '#domain/duration.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import type { JourneyState } from '#domain/journey/state.ts';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '#db/testing/factories.ts';
import { createWorkflowRig } from '../testing/rig.ts';
import type { WorkflowRig } from '../testing/rig.ts';
import * as messages from './messages.ts';

/** The machine may be busy with other tests. */
const patience = { timeout: 20_000, interval: 20 };

let rig: WorkflowRig;
beforeAll(async () => {
  rig = await createWorkflowRig(undefined, { shortHistories: 30 });
});
afterAll(() => rig.close());

/** Texts, then takes replies until a person skips on, then texts again and ends. */
const talkative: JourneyDefinition = {
  start: 'hello',
  steps: [
    { id: 'hello', kind: 'sms', body: 'Hello', next: 'hear' },
    { id: 'hear', kind: 'wait_for_reply', timeout: '1d', onReply: 'note', onTimeout: 'bye' },
    { id: 'note', kind: 'set_stage', stage: 'Contacted', next: 'hear' },
    { id: 'bye', kind: 'sms', body: 'Bye', urgent: true, next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

/** A journey that listens; of a new lead, or of one who is in another campaign already. */
async function begin(other?: { organizationId: string; leadId: string; phone: string }) {
  const { organizationId } = other ?? (await mintOrganization(rig.database));
  const campaign = await mintCampaign(rig.database, organizationId, { definition: talkative });
  const { leadId, phone } = other ?? (await mintLead(rig.database, organizationId));
  const { journeyId, launchId, workflowId } = await mintJourney(
    rig.database,
    organizationId,
    campaign,
    leadId,
  );
  const input = { organizationId, journeyId, leadId, launchId, campaignId: campaign.campaignId };
  await rig.temporal.workflow.start(messages.leadJourneyWorkflow, {
    workflowId,
    taskQueue: 'test',
    args: [input],
  });
  // Without a run id, it is about whichever run is the present one.
  const handle = rig.temporal.workflow.getHandle(workflowId);
  const journey = async () => (await rig.asOwner('select * from journeys where id = $1', [journeyId]))[0]!;
  const until = async (wanted: Record<string, unknown>) => {
    await expect.poll(journey, patience).toMatchObject(wanted);
  };
  const lines = () =>
    rig.asOwner<{ seq: number; kind: string }>(
      'select seq, kind from journey_events where journey_id = $1 order by seq',
      [journeyId],
    );
  const count = async (kind: string) => (await lines()).filter((line) => line.kind === kind).length;
  await until({ step_id: 'hear', waiting_for: 'reply' });
  return { handle, workflowId, organizationId, phone, journeyId, leadId, until, lines, count, journey };
}

/** The runs of a workflow, the present one first. */
async function runsOf(workflowId: string): Promise<WorkflowExecutionDescription[]> {
  const runs: WorkflowExecutionDescription[] = [];
  let runId: string | undefined;
  for (;;) {
    const run = await rig.temporal.workflow.getHandle(workflowId, runId).describe();
    runs.push(run);
    const history = await rig.temporal.workflow.getHandle(workflowId, run.runId).fetchHistory();
    const earlier = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    if (!earlier) return runs;
    runId = earlier;
  }
}

describe('a journey with a long history', () => {
  test('goes on in new runs, and nothing of it is lost, told twice or done twice', async () => {
    const { handle, workflowId, phone, until, lines, count } = await begin();
    const replies = 14;
    for (let reply = 1; reply <= replies; reply += 1) {
      const message = { messageId: `m${reply}`, intent: 'question' as const };
      await handle.signal(messages.inboundSmsSignal, message);
      await expect.poll(() => count('reply-taken'), patience).toBe(reply);
      // Delivered again, as carriers do, to this run or to the one after it.
      await handle.signal(messages.inboundSmsSignal, message);
    }
    const request = { disposition: 'interested', setBy: 'manual', userId: null, confidence: null } as const;
    for (let time = 0; time < 2; time += 1) {
      const applied = await handle.executeUpdate(messages.applyDispositionUpdate, {
        args: [{ ...request, applicationKey: 'once' }],
      });
      expect(applied).toEqual({ outcome: 'applied', removedFromCampaigns: false });
    }
    const state = await handle.query<JourneyState, []>(messages.stateQuery);
    expect(state).toMatchObject({ stepId: 'hear', visit: 2 + 2 * replies, lastDisposition: 'interested' });
    expect(await handle.executeUpdate(messages.skipStepUpdate)).toMatchObject({});
    await until({ status: 'completed', end_reason: 'end' });
    expect(await handle.result()).toEqual({ status: 'completed', reason: 'end' });

    const told = await lines();
    const remembered = await handle.query(messages.timelineQuery);
    expect(told).toEqual(remembered.map(({ kind }, seq) => ({ seq, kind })));
    const counts = (kind: string) => told.filter((line) => line.kind === kind).length;
    for (const kind of ['reply-received', 'reply-taken', 'stage-set']) {
      expect(counts(kind), kind).toBe(replies);
    }
    expect(counts('text-sent')).toBe(2);
    expect(counts('disposition-applied')).toBe(1);
    expect(told.at(-1)!.kind).toBe('journey-completed');
    const texts = rig.ledger.texts.filter(({ to }) => to === phone);
    expect(texts.map(({ body }) => body)).toEqual(['Hello', 'Bye']);

    const runs = await runsOf(workflowId);
    expect(runs.length).toBeGreaterThan(3);
    expect(runs.map(({ status }) => status.name)).toEqual([
      'COMPLETED',
      ...runs.slice(1).map(() => 'CONTINUED_AS_NEW'),
    ]);
    for (const { runId, historyLength } of runs) {
      await rig.replay(workflowId, runId);
      expect(historyLength).toBeLessThan(60);
    }
  });

  test('stays paused across runs, and keeps what remained of its wait', async () => {
    const { handle, workflowId, until, journey, count } = await begin();
    const before = (await journey()).waiting_until as Date;
    await handle.signal(messages.pauseSignal);
    await until({ status: 'paused', waiting_until: null });
    for (let nr = 0; (await runsOf(workflowId)).length < 3; nr += 1) {
      await handle.signal(messages.inboundSmsSignal, { messageId: `paused-${nr}`, intent: 'other' });
      await expect.poll(() => count('reply-received'), patience).toBe(nr + 1);
    }
    expect((await journey()).status).toBe('paused');
    await handle.signal(messages.resumeSignal);
    await until({ status: 'active' });
    const state = await handle.query<JourneyState, []>(messages.stateQuery);
    expect(state.pausedAtMs).toBeNull();
    // The first reply was waited for; what the journey does with it waited for the resume.
    await until({ status: 'active', step_id: 'hear', waiting_for: 'reply' });
    const waitingUntil = (await journey()).waiting_until as Date;
    expect(waitingUntil.getTime()).toBeGreaterThan(before.getTime());
    expect(waitingUntil.getTime()).toBeLessThan(Date.now() + dayMs + 1_000);
    await handle.signal(messages.removeSignal, { reason: 'test over' });
  });
});

test('a disposition that removes the lead ends their journeys in every campaign', async () => {
  const first = await begin();
  const second = await begin(first);
  const ended = await begin(first);
  await ended.handle.signal(messages.removeSignal, { reason: 'earlier' });
  await ended.handle.result();
  const stranger = await begin();
  const applied = await first.handle.executeUpdate(messages.applyDispositionUpdate, {
    args: [
      { disposition: 'not_interested', setBy: 'manual', userId: null, confidence: null, applicationKey: 'k' },
    ],
  });
  expect(applied).toEqual({ outcome: 'applied', removedFromCampaigns: true });
  for (const { handle } of [first, second]) {
    expect(await handle.result()).toEqual({ status: 'removed', reason: 'disposition:not_interested' });
  }
  expect((await ended.journey()).end_reason).toBe('earlier');
  expect((await stranger.journey()).status).toBe('active');
  await stranger.handle.signal(messages.removeSignal, { reason: 'test over' });
});

describe('what reaches a journey together with its end', () => {
  test('does not keep it open', async () => {
    for (let trial = 0; trial < 5; trial += 1) {
      const { handle } = await begin();
      const [, skipped] = await Promise.allSettled([
        handle.signal(messages.removeSignal, { reason: 'asked to' }),
        handle.executeUpdate(messages.skipStepUpdate),
        handle.signal(messages.wakeSignal),
      ]);
      expect(await handle.result()).toMatchObject({ status: expect.stringMatching(/removed|completed/) });
      if (skipped.status === 'fulfilled') expect(skipped.value).toHaveProperty('stepId');
    }
  });

  test('and what reaches it afterwards is told so', async () => {
    const { handle } = await begin();
    await handle.signal(messages.optOutSignal);
    expect(await handle.result()).toEqual({ status: 'removed', reason: 'OPTED_OUT' });
    await expect(handle.signal(messages.wakeSignal)).rejects.toThrow();
    await expect(handle.executeUpdate(messages.skipStepUpdate)).rejects.toThrow();
  });
});
