import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { bulk } from '../activity-options.ts';
import {
  cancelLaunchSignal,
  launchProgressQuery,
  pauseLaunchSignal,
  resumeLaunchSignal,
} from './messages.ts';
import type { LaunchInput, LaunchProgress } from './messages.ts';

/** Members an activity looks at before it reports back; a pause is noticed within a batch anyway. */
const membersPerActivity = 1_000;

/**
 * Starts the journeys of one launch, batch by batch. The rows say who is still to be looked at, so it can be paused,
 * interrupted and resumed anywhere; it ends when nobody is left, and the journeys go on by themselves.
 */
export async function launch(input: LaunchInput): Promise<LaunchProgress> {
  const progress: LaunchProgress = input.progress ?? { started: 0, refused: 0, done: false, paused: false };
  let cancelled = false;
  setHandler(pauseLaunchSignal, () => {
    progress.paused = true;
  });
  let resumed = 0;
  setHandler(resumeLaunchSignal, () => {
    progress.paused = false;
    resumed += 1;
  });
  setHandler(cancelLaunchSignal, () => {
    cancelled = true;
  });
  setHandler(launchProgressQuery, () => progress);

  while (!progress.done && !cancelled) {
    setCurrentDetails(
      `**${progress.paused ? 'paused' : 'starting'}**\n\n${progress.started} started, ${progress.refused} refused`,
    );
    await condition(() => !progress.paused || cancelled);
    if (cancelled) break;
    const { organizationId, launchId } = input;
    const resumedBefore = resumed;
    const batch = await bulk.startJourneys({ organizationId, launchId, limit: membersPerActivity });
    progress.started += batch.started;
    progress.refused += batch.refused;
    progress.done = batch.state === 'done';
    // The row said so when the activity looked; a resume since then is newer.
    if (batch.state === 'paused' && resumed === resumedBefore) progress.paused = true;
    if (batch.state === 'cancelled') cancelled = true;
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      return continueAsNew<typeof launch>({ ...input, progress });
    }
  }
  setCurrentDetails(
    `**${cancelled ? 'cancelled' : 'all started'}**\n\n${progress.started} started, ${progress.refused} refused`,
  );
  return progress;
}
