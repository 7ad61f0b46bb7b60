import type { Database } from '#db/database.ts';
import { openEnrolment } from './enrolment.ts';
import type { JourneyStart } from './journey-start.ts';

type LaunchKey = { organizationId: string; launchId: string };

export type FanOutInput = {
  organizationId: string;
  launchId: string;
  count: number;
  taskQueue: string;
  /** Starts under way at once. All at once would be slower: their answers then crowd the parent. */
  width: number;
};

export type FanOutActivities = ReturnType<typeof createFanOutActivities>;

/** What the fan-out has done for it besides starting children: the rows of the whole launch, before and after. */
export function createFanOutActivities(database: Database) {
  return {
    enrolCohort: async (launch: LaunchKey, limit: number): Promise<JourneyStart[]> =>
      (await openEnrolment(database, launch)).next(limit),
    settleCohort: async (launch: LaunchKey, starts: JourneyStart[]): Promise<void> =>
      (await openEnrolment(database, launch)).settle(starts),
  };
}
