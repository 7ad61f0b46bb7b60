import { WorkflowNotFoundError } from '@temporalio/common';
import type { DispositionResult } from '#domain/disposition.ts';
import { findCallbackOfRequest } from '#db/queries/callbacks.ts';
import {
  applyDisposition as applyInDatabase,
  callbackKeyOf,
  runningJourneysOfLead,
} from '#db/queries/dispositions.ts';
import type { DispositionApplication } from '#db/queries/dispositions.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { callbackStart, callbackWorkflow } from '#workflows/callback/messages.ts';
import { removeSignal } from '#workflows/lead-journey/messages.ts';
import type { ActivityDependencies } from './dependencies.ts';

/**
 * Applies a disposition in one transaction and then, if it removes the lead from campaigns, tells the lead's other
 * journeys; the callback that it promises is begun. The calling journey hears it from the result.
 */
export function applyDisposition(deps: ActivityDependencies) {
  return async (request: { organizationId: string } & DispositionApplication): Promise<DispositionResult> => {
    const { organizationId, ...application } = request;
    const { result, others, callback } = await withOrganization(
      deps.database,
      systemScope(organizationId),
      async (tx) => {
        const applied = await applyInDatabase(tx, application);
        const removes = applied.outcome === 'applied' && applied.removedFromCampaigns;
        const running = removes ? await runningJourneysOfLead(tx, application.leadId) : [];
        return {
          result: applied,
          others: running.filter(({ id }) => id !== application.journeyId),
          // Also when it was applied before: the run that did may not have lived to start it.
          callback: await findCallbackOfRequest(tx, application.leadId, callbackKeyOf(application)),
        };
      },
    );
    if (callback) {
      const { id: callbackId, campaignId } = callback;
      const promise = { organizationId, callbackId, campaignId, leadId: application.leadId };
      await deps.temporal.workflow.start(callbackWorkflow, callbackStart(promise, deps.taskQueue));
    }
    for (const { workflowId } of others) {
      const handle = deps.temporal.workflow.getHandle(workflowId);
      await handle
        .signal(removeSignal, { reason: `disposition:${application.disposition}` })
        .catch((error: unknown) => {
          // It ended by itself in the meantime: that is what was wanted.
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        });
    }
    return result;
  };
}
