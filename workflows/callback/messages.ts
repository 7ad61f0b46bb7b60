import { defineSignal } from '@temporalio/workflow';
import { campaignIdKey, leadIdKey, organizationIdKey } from '#domain/search-attributes.ts';
import { callbackWorkflowId } from '#domain/workflow-ids.ts';

/** Ids only; the promise itself is its row. */
export type CallbackInput = {
  organizationId: string;
  callbackId: string;
  /** Carried through continue-as-new: calls made for the promised time, and when the next one may be made. */
  carried?: { dueAtMs: number; tries: number; notBeforeMs: number };
};

/** The name under which clients start it. */
export const callbackWorkflow = 'callback';

/** The row was cancelled or moved: look at it again. How calls end comes by the journeys' `call-status` signal. */
export const callbackChangedSignal = defineSignal('callback-changed');

export type CallbackToStart = {
  organizationId: string;
  callbackId: string;
  leadId: string;
  campaignId: string | null;
};

/**
 * How it is started, by whoever made the promise or finds it without a workflow. A second start meets the one that runs;
 * one that is over may be started again, because the row says what is still to be done.
 */
export function callbackStart({ campaignId, leadId, ...callback }: CallbackToStart, taskQueue: string) {
  const { organizationId } = callback;
  const input: CallbackInput = callback;
  return {
    workflowId: callbackWorkflowId(callback),
    taskQueue,
    args: [input] as [CallbackInput],
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    typedSearchAttributes: [
      { key: organizationIdKey, value: organizationId },
      { key: leadIdKey, value: leadId },
      ...(campaignId === null ? [] : [{ key: campaignIdKey, value: campaignId }]),
    ],
    // Before bulk work; organisations take turns.
    priority: { priorityKey: 3, fairnessKey: organizationId },
  };
}
