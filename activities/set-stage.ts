import { setLeadStage } from '#db/queries/stages.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Moves the lead to the stage that a step names. A stage that is missing is a result, not a fault. */
export function setStage(deps: ActivityDependencies) {
  return (request: {
    organizationId: string;
    journeyId: string;
    leadId: string;
    stage: string;
    autoCreate: boolean;
    applicationKey: string;
  }): Promise<'set' | 'PIPELINE_STAGE_NOT_FOUND'> =>
    withOrganization(deps.database, systemScope(request.organizationId), (tx) => setLeadStage(tx, request));
}
