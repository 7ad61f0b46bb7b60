import { TypedSearchAttributes } from '@temporalio/common';
import {
  campaignIdKey,
  journeyStatusKey,
  launchIdKey,
  leadIdKey,
  organizationIdKey,
} from '#domain/search-attributes.ts';
import type { LeadJourneyInput } from '#workflows/lead-journey/messages.ts';

export type JourneyStart = { workflowId: string; input: LeadJourneyInput };

/** What the product's own launch asks of Temporal for one journey; its peers ask for the same. */
export function startOptions({ workflowId, input }: JourneyStart, taskQueue: string) {
  return {
    workflowId,
    taskQueue,
    args: [input] as [LeadJourneyInput],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: organizationIdKey, value: input.organizationId },
      { key: campaignIdKey, value: input.campaignId },
      { key: launchIdKey, value: input.launchId },
      { key: leadIdKey, value: input.leadId },
      { key: journeyStatusKey, value: 'active' },
    ]),
    priority: { priorityKey: 4, fairnessKey: input.organizationId },
  };
}
