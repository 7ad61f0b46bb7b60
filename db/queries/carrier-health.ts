import type { Database } from '../database.ts';
import { inOneTrip } from '../tenant.ts';
import type { TenantScope } from '../tenant.ts';

/** The carrier whose circuit breaker it is; see `platform.carriers`. */
export const carrierName = 'twilio';

/**
 * Five failures in a row open the breaker, for 15 s at first, twice as long after each try that fails, at most 10 minutes.
 * Requests that were on their way when it opened say nothing new: they must not prolong it.
 */
export const failureStatement = `
  update platform.carriers set failures = failures + 1, probe_until = null,
    open_until = case when failures + 1 >= 5
      then app_now() + least(interval '10 minutes', interval '15 seconds' * power(2, least(failures - 4, 8))) end
  where name = '${carrierName}' and (open_until is null or open_until <= app_now())`;

/** The first success closes it; a carrier that works costs no write. */
export const successStatement = `
  update platform.carriers set failures = 0, open_until = null, probe_until = null
  where name = '${carrierName}' and failures > 0`;

/** Counts a request that the carrier may or may not have taken: what became of it is the ledger's matter, not ours. */
export async function recordCarrierFailure(database: Database, scope: TenantScope): Promise<void> {
  await inOneTrip(database, scope, {
    name: 'carrier_failed',
    text: `with failed as (${failureStatement} returning name) select name from failed`,
    values: [],
  });
}
