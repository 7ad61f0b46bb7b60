import {
  ApplicationFailure,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  isGrpcServiceError,
} from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { randomUUID } from 'node:crypto';
import type { DispositionResult } from '#domain/disposition.ts';
import { campaignIdKey, launchIdKey, organizationIdKey } from '#domain/search-attributes.ts';
import {
  callbackWorkflowId,
  importWorkflowId,
  launchWorkflowId,
  noticeWorkflowId,
} from '#domain/workflow-ids.ts';
import { callbackChangedSignal, callbackStart, callbackWorkflow } from '#workflows/callback/messages.ts';
import type { CallbackToStart } from '#workflows/callback/messages.ts';
import { importLeadsWorkflow } from '#workflows/import-leads/messages.ts';
import type { ImportLeadsInput } from '#workflows/import-leads/messages.ts';
import {
  cancelLaunchSignal,
  launchWorkflow,
  pauseLaunchSignal,
  resumeLaunchSignal,
} from '#workflows/launch/messages.ts';
import type { LaunchInput } from '#workflows/launch/messages.ts';
import { applyDispositionUpdate, skipStepUpdate } from '#workflows/lead-journey/messages.ts';
import type { ApplyDispositionRequest } from '#workflows/lead-journey/messages.ts';
import { noticeWorkflow } from '#workflows/notice/messages.ts';
import type { NoticeInput } from '#workflows/notice/messages.ts';
import { tellJourneysWorkflow } from '#workflows/tell-journeys/messages.ts';
import type { TellJourneysInput } from '#workflows/tell-journeys/messages.ts';
import { Problem, unavailable } from './problem.ts';

/** Starts and signals need only the server; an update needs a worker that answers. */
const serverDeadlineMs = 5_000;
const updateDeadlineMs = 10_000;

const launchSignals = { pause: pauseLaunchSignal, resume: resumeLaunchSignal, cancel: cancelLaunchSignal };

export type Workflows = ReturnType<typeof createWorkflows>;

/**
 * What the API asks of Temporal. Every call has a deadline, so that a request never hangs on a server or worker that is
 * not there: the answer is then a 503 problem, and the same request may be made again.
 */
export function createWorkflows({ temporal, taskQueue }: { temporal: Client; taskQueue: string }) {
  const onServer = <T>(call: () => Promise<T>): Promise<T> =>
    temporal.withDeadline(Date.now() + serverDeadlineMs, call).catch((error: unknown) => {
      throw problemOf(error);
    });
  const onWorker = <T>(call: () => Promise<T>): Promise<T> =>
    temporal.withDeadline(Date.now() + updateDeadlineMs, call).catch((error: unknown) => {
      throw problemOf(error);
    });

  /** False when the workflow has finished or never was: a signal to it means nothing and breaks nothing. */
  async function signal<Args extends unknown[]>(
    workflowId: string,
    definition: SignalDefinition<Args>,
    ...args: Args
  ): Promise<boolean> {
    try {
      await onServer(() => temporal.workflow.getHandle(workflowId).signal(definition, ...args));
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  return {
    signal,

    /** Starts a launch's workflow, or meets the one that runs already. */
    async startLaunch(launch: LaunchToRun): Promise<void> {
      const options = launchOptions(launch, taskQueue);
      await onServer(() =>
        temporal.workflow.start(launchWorkflow, { ...options, workflowIdConflictPolicy: 'USE_EXISTING' }),
      );
    },

    /** Makes sure that a launch runs and is not paused: starts its workflow, or resumes the one that runs. */
    async nudgeLaunch(launch: LaunchToRun): Promise<void> {
      const options = launchOptions(launch, taskQueue);
      await onServer(() =>
        temporal.workflow.signalWithStart(launchWorkflow, { ...options, signal: resumeLaunchSignal }),
      );
    },

    async signalLaunch(
      launch: { organizationId: string; launchId: string },
      change: keyof typeof launchSignals,
    ): Promise<void> {
      await signal(launchWorkflowId(launch), launchSignals[change]);
    },

    /** Starts an import's workflow, or meets the one that runs already. */
    async startImport(input: ImportLeadsInput): Promise<void> {
      await onServer(() =>
        temporal.workflow.start(importLeadsWorkflow, {
          workflowId: importWorkflowId(input),
          workflowIdConflictPolicy: 'USE_EXISTING',
          taskQueue,
          args: [input],
          typedSearchAttributes: [{ key: organizationIdKey, value: input.organizationId }],
        }),
      );
    },

    /** Starts a promised callback's workflow, or meets the one that runs already. */
    async startCallback(callback: CallbackToStart): Promise<void> {
      await onServer(() => temporal.workflow.start(callbackWorkflow, callbackStart(callback, taskQueue)));
    },

    /** Has a callback's workflow look at its row again. */
    async tellCallback(callback: { organizationId: string; callbackId: string }): Promise<void> {
      await signal(callbackWorkflowId(callback), callbackChangedSignal);
    },

    /**
     * Tells many journeys something in the background; the gate's row has stopped or freed the sending already. A waking
     * that is still under way from an earlier resume gives way to the new one: two would wake at twice the pace.
     */
    async tellJourneys(input: TellJourneysInput): Promise<void> {
      const { audience, organizationId } = input;
      const subject =
        'launchId' in audience
          ? audience.launchId
          : 'campaignId' in audience
            ? audience.campaignId
            : organizationId;
      await onServer(() =>
        temporal.workflow.start(tellJourneysWorkflow, {
          workflowId: `${organizationId}/tell/${subject}/${input.message.tell === 'wake' ? 'wake' : randomUUID()}`,
          workflowIdConflictPolicy: 'TERMINATE_EXISTING',
          taskQueue,
          args: [input],
          typedSearchAttributes: [{ key: organizationIdKey, value: organizationId }],
        }),
      );
    },

    /** Answers a person's STOP or HELP: once, however often it is asked for. */
    async startNotice(notice: NoticeInput): Promise<void> {
      await onServer(() =>
        temporal.workflow.start(noticeWorkflow, {
          workflowId: noticeWorkflowId(notice),
          taskQueue,
          args: [notice],
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          typedSearchAttributes: [{ key: organizationIdKey, value: notice.organizationId }],
        }),
      ).catch((error: unknown) => {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      });
    },

    /** @throws Problem 409 JOURNEY_ENDED, 503 WORKER_UNAVAILABLE */
    async applyDisposition(workflowId: string, request: ApplyDispositionRequest): Promise<DispositionResult> {
      return onWorker(() =>
        temporal.workflow.getHandle(workflowId).executeUpdate(applyDispositionUpdate, {
          // The same key again is the same update, also when its answer was lost.
          updateId: request.applicationKey,
          args: [request],
        }),
      ).catch(asJourneyProblem);
    },

    /** @throws Problem 409 JOURNEY_ENDED or NOT_WAITING, 503 WORKER_UNAVAILABLE */
    async skipStep(workflowId: string): Promise<{ stepId: string }> {
      return onWorker(() => temporal.workflow.getHandle(workflowId).executeUpdate(skipStepUpdate)).catch(
        asJourneyProblem,
      );
    },

    /** Throws when the server does not answer in that time. */
    async ping(timeoutMs: number): Promise<void> {
      await temporal.withDeadline(Date.now() + timeoutMs, () => temporal.workflowService.getSystemInfo({}));
    },
  };
}

type LaunchToRun = { organizationId: string; launchId: string; campaignId: string };

function launchOptions(launch: LaunchToRun, taskQueue: string) {
  const { organizationId, launchId, campaignId } = launch;
  const input: LaunchInput = { organizationId, launchId };
  return {
    workflowId: launchWorkflowId(launch),
    taskQueue,
    args: [input],
    typedSearchAttributes: [
      { key: organizationIdKey, value: organizationId },
      { key: campaignIdKey, value: campaignId },
      { key: launchIdKey, value: launchId },
    ],
  };
}

export function journeyEnded(): Problem {
  return new Problem(409, 'JOURNEY_ENDED', 'The journey has ended: nothing about it can be changed.');
}

export function notWaiting(): Problem {
  return new Problem(
    409,
    'NOT_WAITING',
    'The journey is not waiting for anything that could be moved or skipped.',
  );
}

/** What a journey's own refusal of an update means; a business "no" comes back as the failure's type. */
function asJourneyProblem(error: unknown): never {
  if (error instanceof WorkflowNotFoundError) throw journeyEnded();
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    switch (error.cause.type) {
      case 'JOURNEY_ENDED':
      // The server's own word for an update that the workflow's end overtook.
      case 'AcceptedUpdateCompletedWorkflow':
        throw journeyEnded();
      case 'NOT_RESTING':
        throw notWaiting();
      case 'NOT_STARTED':
        throw unavailable(
          'JOURNEY_STARTING',
          'The journey has not begun yet. The same request may be made again.',
        );
    }
  }
  throw error;
}

/** gRPC: deadline exceeded, resource exhausted, unavailable. Source: grpc.io, "Status Codes". */
const outageCodes = new Set([4, 8, 14]);

function problemOf(error: unknown): unknown {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    return unavailable(
      'WORKER_UNAVAILABLE',
      'No worker has answered in time. The same request may be made again.',
    );
  }
  const cause = error instanceof ServiceError ? error.cause : error;
  if (isGrpcServiceError(cause) && outageCodes.has(cause.code)) {
    return unavailable('TEMPORAL_UNAVAILABLE', 'Temporal cannot be reached at the moment.');
  }
  return error;
}
