import { recordProjection } from '#db/queries/journey-projection.ts';
import type { JourneyProjection } from '#db/queries/journey-projection.ts';
import { systemScope } from '#db/tenant.ts';
import type { ActivityDependencies } from './dependencies.ts';

/** Tells the rest of the product where a journey has come to rest. Harmless when repeated. */
export function recordRest(deps: ActivityDependencies) {
  return async (request: { organizationId: string } & JourneyProjection): Promise<void> => {
    const { organizationId, ...projection } = request;
    await recordProjection(deps.database, systemScope(organizationId), projection);
  };
}
