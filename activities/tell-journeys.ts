import { activityInfo, cancellationSignal, heartbeat, sleep } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/common';
import { journeysToTell, wakingRate } from '#db/queries/journeys-to-tell.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { removeSignal, wakeSignal } from '#workflows/lead-journey/messages.ts';
import type { TellJourneysInput } from '#workflows/tell-journeys/messages.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { inParallel } from './in-parallel.ts';
import { openPace } from './pace.ts';

const mostAtOnce = 200;
const signalsAtOnce = 32;
/** So much of the pace is planned ahead: a changed rate or a second pause is seen by then. */
const secondsAhead = 5;
/** Well before the activity's own limit of an hour. */
const longestRunMs = 30 * 60_000;
const nobody = '00000000-0000-0000-0000-000000000000';

type Progress = { after: string; told: number };

/**
 * Tells every running journey of an audience one thing. Goes through them by id and heartbeats the last one, so that an
 * interrupted run goes on where it stopped; a journey told twice takes no harm. Waking goes no faster than the rates of
 * the organisation and its numbers: what is woken touches people at once. `after` is null when everybody has been told.
 */
export function tellJourneys(deps: ActivityDependencies) {
  return async (request: TellJourneysInput): Promise<{ told: number; after: string | null }> => {
    const { organizationId, message } = request;
    const earlier = activityInfo().heartbeatDetails as Progress | undefined;
    const progress: Progress = { ...(earlier ?? request.from ?? { after: nobody, told: 0 }) };
    const pace = openPace();
    const beganAt = performance.now();
    for (;;) {
      // A newer waking has taken its place, or the worker goes.
      cancellationSignal().throwIfAborted();
      const { rate, journeys } = await withOrganization(
        deps.database,
        systemScope(organizationId),
        async (tx) => {
          const perSecond = message.tell === 'wake' ? await wakingRate(tx) : Infinity;
          const limit = Math.min(mostAtOnce, Math.max(1, Math.ceil(perSecond * secondsAhead)));
          return { rate: perSecond, journeys: await journeysToTell(tx, request, progress.after, limit) };
        },
      );
      if (journeys.length === 0) return { told: progress.told, after: null };
      await inParallel(journeys, signalsAtOnce, async ({ workflowId }) => {
        await waitFor(pace.take(rate), progress);
        await tell(workflowId);
        heartbeat(progress);
      });
      progress.told += journeys.length;
      progress.after = journeys.at(-1)!.id;
      heartbeat(progress);
      if (performance.now() - beganAt > longestRunMs) return progress;
    }

    async function tell(workflowId: string): Promise<void> {
      const handle = deps.temporal.workflow.getHandle(workflowId);
      const signalled =
        message.tell === 'wake'
          ? handle.signal(wakeSignal)
          : handle.signal(removeSignal, { reason: message.reason });
      await signalled.catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
    }
  };
}

/** However slow the pace, Temporal hears that this lives. Throws when the workflow has given way to a newer one. */
async function waitFor(ms: number, progress: Progress): Promise<void> {
  for (let leftMs = ms; leftMs > 0; leftMs -= secondsAhead * 1000) {
    await sleep(Math.min(leftMs, secondsAhead * 1000));
    heartbeat(progress);
  }
}
