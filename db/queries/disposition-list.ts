import { sql } from 'drizzle-orm';
import type { DispositionRules } from '#domain/disposition.ts';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { inOneStatement } from './reading.ts';

/** The dispositions that can be applied, in the organisation's order. */
export async function listDispositions(database: Database, scope: TenantScope): Promise<DispositionRules[]> {
  return inOneStatement(
    database,
    scope,
    sql`
      select code, label, lead_status as "leadStatus", stage, auto_create_stage as "autoCreateStage",
        remove_from_campaigns as "removeFromCampaigns", add_to_dnc as "addToDnc",
        callback_after_minutes as "callbackAfterMinutes", follow_up_task as "followUpTask"
      from dispositions where archived_at is null order by position, code`,
  );
}
