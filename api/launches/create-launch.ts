import { createHash } from 'node:crypto';
import type { Actor } from '#db/queries/audit.ts';
import type { Cohort } from '#db/queries/cohort.ts';
import { addMembers, createLaunch } from '#db/queries/launch-changes.ts';
import type { NewLaunch } from '#db/queries/launch-changes.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { Problem, invalid } from '../problem.ts';

export type LaunchRequest = {
  campaignId: string;
  name?: string | undefined;
  cohort: Cohort;
};

export type CreatedLaunch = {
  launchId: string;
  campaignId: string;
  /** The same request was made before under this key, and this is what came of it. */
  replayed: boolean;
  /** Its workflow has still to be started, or to finish starting journeys. */
  starting: boolean;
};

/**
 * Writes a launch with its members, or finds the one that the same request has made.
 * @throws Problem CAMPAIGN_NOT_FOUND, CAMPAIGN_NOT_PUBLISHED, IMPORT_NOT_FOUND, IMPORT_NOT_DONE, SAVED_FILTER_NOT_FOUND, LEAD_NOT_FOUND,
 *   EMPTY_COHORT, NOTHING_TO_RELAUNCH, IDEMPOTENCY_KEY_REUSED
 */
export async function createLaunchWithMembers(
  tx: TenantTransaction,
  organizationId: string,
  request: LaunchRequest,
  idempotencyKey: string | undefined,
  actor: Actor,
): Promise<CreatedLaunch> {
  const launch: NewLaunch = {
    campaignId: request.campaignId,
    name: request.name ?? null,
    cohort: request.cohort,
    idempotency: idempotencyKey === undefined ? null : { key: idempotencyKey, requestHash: hashOf(request) },
  };
  const made = await createLaunch(tx, organizationId, launch, actor);
  if (made.outcome === 'refused') throw refusals[made.code]();
  const { launchId, campaignId, starting } = made;
  if (made.outcome === 'created') await addCohort(tx, organizationId, launchId, request.cohort);
  return { launchId, campaignId, starting, replayed: made.outcome === 'replayed' };
}

async function addCohort(
  tx: TenantTransaction,
  organizationId: string,
  launchId: string,
  cohort: Cohort,
): Promise<void> {
  const members = await addMembers(tx, organizationId, launchId, cohort);
  if (typeof members === 'string') throw cohortRefusals[members]();
  if (members.missing > 0) {
    throw new Problem(404, 'LEAD_NOT_FOUND', `${members.missing} of these leads do not exist.`, {
      field: 'cohort.leadIds',
      extensions: { missing: members.missing },
    });
  }
  if (members.added > 0) return;
  if ('relaunchOf' in cohort) {
    throw new Problem(
      409,
      'NOTHING_TO_RELAUNCH',
      'Nobody of this launch was refused, or they have all been launched since.',
    );
  }
  throw invalid('cohort', 'EMPTY_COHORT', 'There is nobody in this cohort.');
}

const cohortRefusals = {
  IMPORT_NOT_FOUND: () =>
    new Problem(404, 'IMPORT_NOT_FOUND', 'There is no such import.', { field: 'cohort.importId' }),
  IMPORT_NOT_DONE: () =>
    new Problem(
      409,
      'IMPORT_NOT_DONE',
      'That import has not been completed, so its leads are not all there.',
      {
        field: 'cohort.importId',
      },
    ),
  SAVED_FILTER_NOT_FOUND: () =>
    new Problem(404, 'SAVED_FILTER_NOT_FOUND', 'There is no such saved filter.', {
      field: 'cohort.savedFilterId',
    }),
};

const refusals = {
  CAMPAIGN_NOT_FOUND: () =>
    new Problem(404, 'CAMPAIGN_NOT_FOUND', 'There is no such campaign.', { field: 'campaignId' }),
  CAMPAIGN_NOT_PUBLISHED: () =>
    new Problem(409, 'CAMPAIGN_NOT_PUBLISHED', 'The campaign has only drafts: publish a version first.', {
      field: 'campaignId',
    }),
  IDEMPOTENCY_KEY_REUSED: () =>
    new Problem(422, 'IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key came with another request before.', {
      field: 'Idempotency-Key',
    }),
};

/** Two requests are the same when they ask for the same, however their JSON was written. */
function hashOf({ campaignId, name, cohort }: LaunchRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([campaignId.toLowerCase(), name ?? null, cohort], sorted))
    .digest('hex');
}

/** For JSON.stringify: an object's members in the order of their names. */
function sorted(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
