import { defineQuery, defineSignal } from '@temporalio/workflow';

export type LaunchInput = {
  organizationId: string;
  launchId: string;
  /** Carried through continue-as-new. */
  progress?: LaunchProgress;
};

/** Members looked at so far by this launch; the whole truth is in its rows. */
export type LaunchProgress = { started: number; refused: number; done: boolean; paused: boolean };

export const launchWorkflow = 'launch';

/** Stops starting further journeys; the gate row has already stopped the sending of those that run. */
export const pauseLaunchSignal = defineSignal('pause');
export const resumeLaunchSignal = defineSignal('resume');
export const cancelLaunchSignal = defineSignal('cancel');

export const launchProgressQuery = defineQuery<LaunchProgress>('progress');
