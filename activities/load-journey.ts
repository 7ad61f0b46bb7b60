import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { withoutWords } from '#domain/journey/without-words.ts';
import type { JourneyFacts } from '#domain/journey/state.ts';
import { inOneTrip, systemScope } from '#db/tenant.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { missingRow } from './failures.ts';

/**
 * The definition that the journey was launched with, and what the engine needs of its lead. It is recorded in the history,
 * so what is said to people stays out of it: each touch reads its words from the database.
 */
export function loadJourney(deps: ActivityDependencies) {
  return async (request: {
    organizationId: string;
    journeyId: string;
  }): Promise<{ definition: JourneyDefinition; facts: JourneyFacts }> => {
    const [row] = await inOneTrip<{ definition: JourneyDefinition; time_zones: string[] }>(
      deps.database,
      systemScope(request.organizationId),
      {
        name: 'load_journey',
        text: `select v.definition, l.time_zones
               from journeys j
                 join journey_versions v on (v.organization_id, v.id) = (j.organization_id, j.version_id)
                 join leads l on (l.organization_id, l.id) = (j.organization_id, j.lead_id)
               where j.id = $1`,
        values: [request.journeyId],
      },
    );
    if (!row) throw missingRow('The journey');
    return { definition: withoutWords(row.definition), facts: { timeZones: row.time_zones } };
  };
}
