import { condition, continueAsNew, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import { callbackCallTimeoutMs, callbackTouchKey, judgeTry } from '#domain/callback.ts';
import type { CallbackStatus, CallbackTry } from '#domain/callback.ts';
import type { CallOutcome } from '#domain/carrier-status.ts';
import { hourMs } from '#domain/duration.ts';
import { local, touch } from '../activity-options.ts';
import { callStatusSignal } from '../lead-journey/messages.ts';
import { callbackChangedSignal } from './messages.ts';
import type { CallbackInput } from './messages.ts';

/**
 * Keeps one promise to call a person. The row is the promise: whenever its time comes, or somebody has changed it, the
 * workflow looks at the row again and does what it says. It asks the gate at the last moment, places one call an
 * attempt, hears how the call ended, and ends when the promise is kept, missed or cancelled.
 */
export async function callback(input: CallbackInput): Promise<{ status: CallbackStatus }> {
  const { organizationId, callbackId } = input;
  let changes = 0;
  const endedCalls = new Map<string, CallOutcome>();
  setHandler(callbackChangedSignal, () => void (changes += 1));
  setHandler(callStatusSignal, ({ touchKey, outcome }) => void endedCalls.set(touchKey, outcome));

  let plan = input.carried;
  for (;;) {
    const seen = changes;
    const promise = await local.loadCallback({ organizationId, callbackId });
    const { status, dueAtMs, attempts } = promise;
    if (status !== 'scheduled') return end(status);
    // A promise that was moved is a new one: it has all its tries again.
    if (plan?.dueAtMs !== dueAtMs)
      plan = { dueAtMs, tries: plan === undefined ? attempts : 0, notBeforeMs: dueAtMs };
    const waitMs = plan.notBeforeMs - Date.now();
    if (waitMs > 0) {
      setCurrentDetails(`**scheduled**\n\nCalls at ${new Date(plan.notBeforeMs).toISOString()}`);
      await condition(() => changes > seen, waitMs);
      continue;
    }
    // No call is under way here, and the next run looks at the row first: no signal is lost.
    if (workflowInfo().continueAsNewSuggested) {
      return continueAsNew<typeof callback>({ organizationId, callbackId, carried: plan });
    }

    const attempt = attempts + 1;
    const touchKey = callbackTouchKey(callbackId, attempt);
    setCurrentDetails(`**calling**\n\nAttempt ${attempt}`);
    const last = await callThem(touchKey, attempt, dueAtMs);
    if (last === 'withdrawn') continue;
    const tries = plan.tries + (last.ended === 'call' ? 1 : 0);
    const judged = judgeTry(last, { tries, dueAtMs, nowMs: Date.now() });
    plan = { ...plan, tries, notBeforeMs: 'notBeforeMs' in judged ? judged.notBeforeMs : plan.notBeforeMs };
    // Nothing was called, and nothing stands in the ledger.
    if (judged.status === 'scheduled' && last.ended !== 'call') continue;
    const settled = await local.settleCallback({
      organizationId,
      callbackId,
      dueAtMs,
      touchKey,
      attempt,
      status: judged.status,
      reason: 'reason' in judged ? judged.reason : null,
    });
    if (settled !== 'scheduled') return end(settled);
  }

  async function callThem(
    touchKey: string,
    attempt: number,
    dueAtMs: number,
  ): Promise<CallbackTry | 'withdrawn'> {
    const request = { organizationId, callbackId, attempt, dueAtMs };
    const placed = await touch.placeCallback.executeWithOptions({ summary: `attempt ${attempt}` }, [request]);
    switch (placed.outcome) {
      case 'withdrawn':
        return 'withdrawn';
      case 'deferred':
        return { ended: 'deferred', untilMs: placed.untilMs };
      case 'held':
        return { ended: 'held' };
      case 'refused':
        return { ended: 'refused', code: placed.code };
      case 'failed':
        return { ended: 'rejected', errorCode: placed.errorCode };
      case 'unknown':
        return { ended: 'unknown' };
      case 'done':
        return { ended: 'call', outcome: await endOfCall(touchKey) };
    }
  }

  /** The carrier's own word if it comes in time, else the answer to our question, asked ever more rarely. */
  async function endOfCall(touchKey: string): Promise<CallOutcome> {
    for (let waitMs = callbackCallTimeoutMs; ; waitMs = Math.min(2 * waitMs, hourMs)) {
      await condition(() => endedCalls.has(touchKey), waitMs);
      const outcome =
        endedCalls.get(touchKey) ?? (await touch.askCarrier({ organizationId, journeyId: null, touchKey }));
      if (outcome !== null) return outcome;
    }
  }

  function end(status: CallbackStatus): { status: CallbackStatus } {
    setCurrentDetails(`**${status}**`);
    return { status };
  }
}
