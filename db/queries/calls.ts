import { sql } from 'drizzle-orm';
import type { CallOutcome } from '#domain/carrier-status.ts';
import type { TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

export type CallOfTouch = {
  id: string;
  providerSid: string | null;
  outcome: CallOutcome | null;
  /** The business instant of the look, as Postgres writes it. */
  now: string;
};

/** The call placed under that touch key, or null when there is none. */
export async function findCallOfTouch(
  tx: TenantTransaction,
  touch: { journeyId: string; touchKey: string },
): Promise<CallOfTouch | null> {
  const [row] = await rowsOf<CallOfTouch>(
    tx,
    sql`select id, provider_sid as "providerSid", outcome, app_now() as now from call_logs
        where journey_id = ${touch.journeyId} and touch_key = ${touch.touchKey}`,
  );
  return row ?? null;
}
