import { recordProjection } from '#db/queries/journey-projection.ts';
import type { JourneyProjection } from '#db/queries/journey-projection.ts';
import { systemScope } from '#db/tenant.ts';
import type { ActivityDependencies } from './dependencies.ts';

/**
 * Tells the rest of the product where a journey has come to rest. Harmless when repeated. Answers, and so costs a few
 * bytes of history, only when what the journey is held for is over already.
 */
export function recordRest(deps: ActivityDependencies) {
  return async (request: { organizationId: string } & JourneyProjection): Promise<'lifted' | undefined> => {
    const { organizationId, ...projection } = request;
    const lifted = await recordProjection(deps.database, systemScope(organizationId), projection);
    return lifted ? 'lifted' : undefined;
  };
}
