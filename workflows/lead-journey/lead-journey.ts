import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { advance, restOf, start } from '#domain/journey/engine.ts';
import type { DispositionResult } from '#domain/disposition.ts';
import type { JourneyEvent, JourneyState } from '#domain/journey/state.ts';
import { local } from '../activity-options.ts';
import * as messages from './messages.ts';
import type { LeadJourneyInput } from './messages.ts';
import { perform } from './perform.ts';
import type { Outcome } from './perform.ts';
import { createLog } from './log.ts';
import type { CarriedLog } from './log.ts';
import { restUntil } from './rest.ts';

/** What continue-as-new takes along: all of it. */
export type Carried = { state: JourneyState; log: CarriedLog; seen: string[] };

/** How many ids of messages and requests are remembered: both come again within minutes, not after fifty others. */
const remembered = 50;

/**
 * One lead's journey through one campaign. The engine in `domain/journey` decides; this workflow carries out its one
 * command at a time, and feeds it what comes back: results, the end of a rest, and signals. Whenever the journey comes
 * to rest, it tells the database where. Everything it knows is `state`, so it can continue as new between two rests.
 */
export async function leadJourney(
  input: LeadJourneyInput & { carried?: Carried },
): Promise<{ status: string; reason: string | null }> {
  const mailbox: JourneyEvent[] = [];
  const seen: string[] = input.carried?.seen ?? [];
  const post = (body: Outcome): JourneyEvent => {
    const event = { ...body, atMs: Date.now() } as JourneyEvent;
    mailbox.push(event);
    return event;
  };
  const isNews = (id: string): boolean => {
    if (seen.includes(id)) return false;
    seen.push(id);
    seen.splice(0, Math.max(0, seen.length - remembered));
    return true;
  };
  let state: JourneyState | undefined = input.carried?.state;
  const log = createLog(input, input.carried?.log);

  setHandler(messages.inboundSmsSignal, ({ messageId, intent }) => {
    if (isNews(messageId)) post({ type: 'reply', intent });
  });
  setHandler(
    messages.callStatusSignal,
    ({ touchKey, outcome }) => void post({ type: 'call-ended', touchKey, outcome }),
  );
  setHandler(messages.optOutSignal, () => void post({ type: 'opted-out' }));
  setHandler(messages.pauseSignal, () => void post({ type: 'paused' }));
  setHandler(messages.resumeSignal, () => void post({ type: 'resumed' }));
  setHandler(messages.removeSignal, ({ reason }) => void post({ type: 'removed', reason }));
  setHandler(messages.rescheduleSignal, ({ untilMs }) => void post({ type: 'rescheduled', untilMs }));
  setHandler(messages.wakeSignal, () => void post({ type: 'woken' }));
  setHandler(messages.stateQuery, () => requireState());
  setHandler(messages.timelineQuery, () => log.recent());
  setHandler(
    messages.applyDispositionUpdate,
    async (request: messages.ApplyDispositionRequest): Promise<DispositionResult> => {
      const { organizationId, leadId, journeyId } = input;
      const result = await local.applyDisposition({
        organizationId,
        leadId,
        journeyId,
        metadata: {},
        ...request,
      });
      // The same request again is answered again, and has been told already.
      if (result.outcome === 'applied' && isNews(`disposition ${request.applicationKey}`)) {
        post({
          type: 'disposition-set',
          disposition: request.disposition,
          remove: result.removedFromCampaigns,
        });
      }
      return result;
    },
    { validator: (_request: messages.ApplyDispositionRequest) => refuseWhenEnded() },
  );
  setHandler(
    messages.skipStepUpdate,
    async () => {
      const event = post({ type: 'step-skipped' });
      await condition(() => !mailbox.includes(event));
      return { stepId: requireState().stepId };
    },
    {
      validator: () => {
        refuseWhenEnded();
        if (restOf(requireState()) === null)
          throw failure('NOT_RESTING', 'The journey is at work; try again in a moment');
      },
    },
  );

  const { definition, facts } = await local.loadJourney({
    organizationId: input.organizationId,
    journeyId: input.journeyId,
  });
  if (state === undefined) {
    const first = start(definition, facts, Date.now());
    state = first.state;
    log.add(first.timeline);
  }
  const take = (event: JourneyEvent) => {
    const turn = advance(definition, facts, requireState(), event);
    state = turn.state;
    log.add(turn.timeline);
  };

  while (state.status === 'active') {
    if (mailbox.length > 0) {
      take(mailbox.shift()!);
      continue;
    }
    const { command, pausedAtMs } = state;
    if (command.do === 'rest' || pausedAtMs !== null) {
      // Lifted between the gate's word and the row that the waking goes by: nobody else would tell.
      if (await log.settle(state, definition)) post({ type: 'woken' });
      if (workflowInfo().continueAsNewSuggested && mailbox.length === 0) {
        await condition(allHandlersFinished);
        // A handler that was still at work may have posted something: that is dealt with first.
        if (mailbox.length === 0) {
          return continueAsNew<typeof leadJourney>({
            ...input,
            carried: { state, log: log.carry(), seen },
          });
        }
      }
      const untilMs = command.do === 'rest' && pausedAtMs === null ? command.rest.untilMs : null;
      const over = await restUntil(untilMs, state, () => mailbox.length > 0);
      if (over && mailbox.length === 0) take({ type: 'rest-over', atMs: Date.now() });
      continue;
    }
    const result = await performUnlessEnded(command);
    if (result) take({ ...result, atMs: Date.now() } as JourneyEvent);
  }
  // What came too late is for nobody any more; a skip that waits for its turn must not wait for ever.
  mailbox.length = 0;
  await log.settle(state, definition);
  await condition(allHandlersFinished);
  return { status: state.status, reason: state.endReason };

  /** A touch that waits for a carrier to come back must not outlive the lead's removal. */
  async function performUnlessEnded(command: JourneyState['command']) {
    const scope = new CancellationScope();
    const ending = () => mailbox.some(({ type }) => type === 'removed' || type === 'opted-out');
    const watch = new CancellationScope();
    const watching = watch.run(() => condition(ending).then(() => scope.cancel())).catch(ignoreCancellation);
    try {
      return await scope.run(() => perform(input, command));
    } catch (error) {
      if (isCancellation(error) && ending()) return null;
      throw error;
    } finally {
      watch.cancel();
      await watching;
    }
  }

  function requireState(): JourneyState {
    if (state === undefined)
      throw failure('NOT_STARTED', 'The journey has not begun yet; try again in a moment');
    return state;
  }

  function refuseWhenEnded(): void {
    if (requireState().status !== 'active') throw failure('JOURNEY_ENDED', 'The journey has ended');
  }
}

function failure(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true });
}

function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error;
}
