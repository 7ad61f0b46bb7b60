import { sql } from 'drizzle-orm';
import type { JourneyStatus } from '#domain/journey/state.ts';
import type { CallOutcome } from '#domain/carrier-status.ts';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { inOneStatement } from './reading.ts';

export type StatsRow = {
  leads: number;
  journeys: Record<JourneyStatus, number>;
  texts: { sent: number; received: number };
  calls: Record<CallOutcome, number>;
};

/** What an organisation has done so far, in numbers. Texts count as sent once the carrier has them. */
export async function readStats(database: Database, scope: TenantScope): Promise<StatsRow> {
  const [row] = await inOneStatement<StatsRow>(
    database,
    scope,
    sql`
      select (select count(*)::int from leads where deleted_at is null) as leads,
        '{"active": 0, "paused": 0, "completed": 0, "removed": 0, "failed": 0}'::jsonb ||
          (select coalesce(jsonb_object_agg(status, number), '{}')
            from (select status, count(*) as number from journeys group by status) j) as journeys,
        -- Each by itself, because a count of index entries needs no look at what they hold.
        jsonb_build_object(
          'sent', (select count(*) from sms_messages where direction = 'outbound' and state = 'sent'),
          'received', (select count(*) from sms_messages where direction = 'inbound')) as texts,
        '{"answered": 0, "voicemail": 0, "busy": 0, "no_answer": 0, "failed": 0}'::jsonb ||
          (select coalesce(jsonb_object_agg(outcome, number), '{}')
            from (select outcome, count(*) as number from call_logs where outcome is not null group by outcome) c) as calls`,
  );
  return row!;
}
