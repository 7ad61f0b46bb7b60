import { WorkflowUpdateFailedError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '#domain/duration.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { beginJourney, textAndListen } from '../testing/begin-journey.ts';
import { createWorkflowRig } from '../testing/rig.ts';
import type { WorkflowRig } from '../testing/rig.ts';
import * as messages from './messages.ts';

let rig: WorkflowRig;

beforeAll(async () => {
  rig = await createWorkflowRig();
});
afterAll(() => rig.close());

/** Starts a journey of a lead where it is noon now, and lets it come to its first rest. */
const begin = (definition: JourneyDefinition) => beginJourney(rig, { definition });

describe('a journey', () => {
  test('texts once, hears the reply, applies the disposition and ends; its history replays', async () => {
    const journey = await begin(textAndListen);
    await journey.until({ status: 'active', step_id: 'listen', waiting_for: 'reply' });
    expect(journey.texts()).toHaveLength(1);
    expect(journey.texts()[0]).toMatchObject({ body: 'Hello Ada' });

    await journey.handle.signal(messages.inboundSmsSignal, { messageId: 'm1', intent: 'yes' });
    expect(await journey.handle.result()).toEqual({ status: 'completed', reason: 'said yes' });
    await journey.until({
      status: 'completed',
      end_reason: 'said yes',
      last_disposition: 'interested',
      waiting_for: null,
    });
    expect(await journey.kinds()).toEqual([
      'journey-started',
      'text-sent',
      'waiting-for-reply',
      'reply-received',
      'reply-taken',
      'branch-taken',
      'disposition-applied',
      'journey-completed',
    ]);
    const [lead] = await rig.asOwner(
      'select l.status, s.name as stage from leads l join pipeline_stages s on s.id = l.stage_id where l.id = $1',
      [journey.leadId],
    );
    expect(lead).toEqual({ status: 'interested', stage: 'Interested' });
    const words = payloadsOf(await rig.replay(journey.workflowId)).join('\n');
    expect(words).toContain(journey.leadId);
    expect(words).not.toContain(journey.phone);
    expect(words).not.toContain('Hello Ada');
  });

  test('goes on when nobody answers, after exactly the time that the step says', async () => {
    const journey = await begin(textAndListen);
    await journey.until({ waiting_for: 'reply' });
    await rig.skip(dayMs - minuteMs);
    expect((await journey.journey()).status).toBe('active');
    await rig.skip(2 * minuteMs);
    await journey.until({ status: 'completed', end_reason: 'silent' });
    expect(journey.texts()).toHaveLength(1);
  });

  test('counts a message once, however often it is delivered', async () => {
    const listenTwice: JourneyDefinition = {
      start: 'one',
      steps: [
        { id: 'one', kind: 'wait_for_reply', timeout: '1d', onReply: 'two', onTimeout: 'end' },
        { id: 'two', kind: 'wait_for_reply', timeout: '1d', onReply: 'end', onTimeout: 'end' },
        { id: 'end', kind: 'end' },
      ],
    };
    const journey = await begin(listenTwice);
    await journey.until({ step_id: 'one', waiting_for: 'reply' });
    for (let delivery = 0; delivery < 3; delivery += 1) {
      await journey.handle.signal(messages.inboundSmsSignal, { messageId: 'same', intent: 'other' });
    }
    await journey.until({ step_id: 'two', waiting_for: 'reply' });
    expect((await journey.kinds()).filter((kind) => kind === 'reply-received')).toHaveLength(1);
  });

  test('ends at once on an opt-out', async () => {
    const journey = await begin(textAndListen);
    await journey.until({ waiting_for: 'reply' });
    await journey.handle.signal(messages.optOutSignal);
    expect(await journey.handle.result()).toEqual({ status: 'removed', reason: 'OPTED_OUT' });
    await journey.until({ status: 'removed', end_reason: 'OPTED_OUT' });
  });

  test('keeps what remains of a wait while it is paused', async () => {
    const journey = await begin(textAndListen);
    await journey.until({ waiting_for: 'reply' });
    await rig.skip(20 * hourMs);
    await journey.handle.signal(messages.pauseSignal);
    await journey.until({ status: 'paused' });
    await rig.skip(3 * dayMs);
    expect((await journey.journey()).status).toBe('paused');
    await journey.handle.signal(messages.resumeSignal);
    await journey.until({ status: 'active', waiting_for: 'reply' });
    await rig.skip(3 * hourMs);
    expect((await journey.journey()).status).toBe('active');
    await rig.skip(2 * hourMs);
    await journey.until({ status: 'completed', end_reason: 'silent' });
    await rig.replay(journey.workflowId);
  });

  test('can be rescheduled, skipped on and removed', async () => {
    const journey = await begin(textAndListen);
    await journey.until({ waiting_for: 'reply' });
    const soon = (await rig.clock.now()).getTime() + hourMs;
    await journey.handle.signal(messages.rescheduleSignal, { untilMs: soon });
    await journey.until({ waiting_until: new Date(soon) });
    expect(await journey.handle.executeUpdate(messages.skipStepUpdate)).toEqual({ stepId: 'silent' });
    expect(await journey.handle.result()).toMatchObject({ status: 'completed' });

    const other = await begin(textAndListen);
    await other.until({ waiting_for: 'reply' });
    await other.handle.signal(messages.removeSignal, { reason: 'asked to' });
    expect(await other.handle.result()).toEqual({ status: 'removed', reason: 'asked to' });
  });

  test('answers queries with its state and timeline', async () => {
    const journey = await begin(textAndListen);
    await journey.until({ waiting_for: 'reply' });
    expect(await journey.handle.query(messages.stateQuery)).toMatchObject({
      stepId: 'listen',
      status: 'active',
    });
    expect(await journey.handle.query(messages.timelineQuery)).toMatchObject([
      { kind: 'journey-started' },
      { kind: 'text-sent', data: { touchKey: 'text:1' } },
      { kind: 'waiting-for-reply' },
    ]);
    await journey.handle.signal(messages.removeSignal, { reason: 'test over' });
  });
});

describe('a disposition set by a person', () => {
  const request = { setBy: 'manual' as const, userId: null, confidence: null };

  test('is applied once, whole, and ends the journey when its rules say so', async () => {
    const journey = await begin(textAndListen);
    await journey.until({ waiting_for: 'reply' });
    const apply = () =>
      journey.handle.executeUpdate(messages.applyDispositionUpdate, {
        args: [{ ...request, disposition: 'not_interested', applicationKey: 'k1' }],
      });
    expect(await apply()).toEqual({ outcome: 'applied', removedFromCampaigns: true });
    expect(await journey.handle.result()).toEqual({
      status: 'removed',
      reason: 'disposition:not_interested',
    });
    const metrics = await rig.asOwner('select * from disposition_metrics where lead_id = $1', [
      journey.leadId,
    ]);
    expect(metrics).toMatchObject([
      {
        set_by: 'manual',
        disposition: 'not_interested',
        previous_status: 'new',
        new_status: 'not_interested',
      },
    ]);
    await expect(apply()).rejects.toThrow();
  });

  test('that names a missing stage changes nothing and says what to do', async () => {
    const journey = await begin(textAndListen);
    await journey.until({ waiting_for: 'reply' });
    await rig.asOwner(
      `update pipeline_stages set archived_at = now() where organization_id = $1 and name = 'Interested'`,
      [journey.organizationId],
    );
    const result = await journey.handle.executeUpdate(messages.applyDispositionUpdate, {
      args: [{ ...request, disposition: 'interested', applicationKey: 'k1' }],
    });
    expect(result).toEqual({
      outcome: 'refused',
      code: 'PIPELINE_STAGE_NOT_FOUND',
      stage: 'Interested',
      requiredAction: 'create_pipeline_stage',
    });
    expect((await journey.journey()).status).toBe('active');
    expect(
      await rig.asOwner('select * from disposition_metrics where lead_id = $1', [journey.leadId]),
    ).toEqual([]);
    await rig.asOwner(
      `update dispositions set auto_create_stage = true where organization_id = $1 and code = 'interested'`,
      [journey.organizationId],
    );
    const again = await journey.handle.executeUpdate(messages.applyDispositionUpdate, {
      args: [{ ...request, disposition: 'interested', applicationKey: 'k2' }],
    });
    expect(again).toEqual({ outcome: 'applied', removedFromCampaigns: false });
    await journey.handle.signal(messages.removeSignal, { reason: 'test over' });
  });

  test('is refused by the validator once the journey has ended', async () => {
    const journey = await begin({ start: 'end', steps: [{ id: 'end', kind: 'end' }] });
    await journey.handle.result();
    const late = journey.handle.executeUpdate(messages.applyDispositionUpdate, {
      args: [{ ...request, disposition: 'interested', applicationKey: 'k1' }],
    });
    await expect(late).rejects.not.toBeInstanceOf(WorkflowUpdateFailedError);
  });
});

describe('calls', () => {
  const callThenEnd: JourneyDefinition = {
    start: 'call',
    steps: [
      {
        id: 'call',
        kind: 'call',
        say: 'Hello',
        maxAttempts: 3,
        retryAfter: '1h',
        on: { answered: 'spoken', voicemail: 'recorded' },
        next: 'nobody',
      },
      { id: 'spoken', kind: 'end', reason: 'spoken' },
      { id: 'recorded', kind: 'end', reason: 'voicemail' },
      { id: 'nobody', kind: 'end', reason: 'nobody' },
    ],
  };

  test('are tried again after the spacing, up to the attempts, and then the journey goes on', async () => {
    const journey = await begin(callThenEnd);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await journey.until({ waiting_for: 'call' });
      expect(journey.calls()).toHaveLength(attempt);
      await journey.handle.signal(messages.callStatusSignal, {
        touchKey: `call:1:${attempt}`,
        outcome: 'no_answer',
      });
      // The same status again, and one of an attempt that is over, change nothing.
      await journey.handle.signal(messages.callStatusSignal, {
        touchKey: `call:1:${attempt}`,
        outcome: 'no_answer',
      });
      if (attempt < 3) {
        await journey.until({ waiting_for: 'retry', last_disposition: 'no_answer' });
        await rig.skip(hourMs + minuteMs);
      }
    }
    expect(await journey.handle.result()).toEqual({ status: 'completed', reason: 'nobody' });
    const metrics = await rig.asOwner('select disposition from disposition_metrics where lead_id = $1', [
      journey.leadId,
    ]);
    expect(metrics).toEqual([
      { disposition: 'no_answer' },
      { disposition: 'no_answer' },
      { disposition: 'no_answer' },
    ]);
    await rig.replay(journey.workflowId);
  });

  test('go on by outcome', async () => {
    const journey = await begin(callThenEnd);
    await journey.until({ waiting_for: 'call' });
    await journey.handle.signal(messages.callStatusSignal, { touchKey: 'call:1:1', outcome: 'voicemail' });
    expect(await journey.handle.result()).toEqual({ status: 'completed', reason: 'voicemail' });
  });

  test('whose callbacks are lost are asked for', async () => {
    const journey = await begin(callThenEnd);
    await journey.until({ waiting_for: 'call' });
    Object.assign(journey.calls()[0]!, { status: 'completed', answeredBy: 'human', durationSeconds: 31 });
    await rig.skip(11 * minuteMs);
    await journey.until({ status: 'completed', end_reason: 'spoken' });
    const [call] = await rig.asOwner('select outcome, answered_by from call_logs where journey_id = $1', [
      journey.journeyId,
    ]);
    expect(call).toEqual({ outcome: 'answered', answered_by: 'human' });
  });
});

/** Every payload of a history, as text: what an operator can read in Temporal Web. */
function payloadsOf(value: unknown): string[] {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(payloadsOf);
}
