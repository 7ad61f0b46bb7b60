import { sql } from 'drizzle-orm';
import type {
  AnsweredBy,
  CallOutcome,
  CarrierCallStatus,
  CarrierMessageStatus,
} from '#domain/carrier-status.ts';
import type { TimelineEntry } from '#domain/journey/state.ts';
import type { Database } from '../database.ts';
import type { TouchState } from '../schema/touches.ts';
import type { TenantScope } from '../tenant.ts';
import { inOneStatement, iso } from './reading.ts';

export type TimelineLine = { at: string; kind: string; stepId: string | null; data: TimelineEntry['data'] };

export type TimelineMessage = {
  at: string;
  touchKey: string | null;
  refusalCode: string | null;
  id: string;
  direction: 'inbound' | 'outbound';
  body: string;
  state: TouchState;
  carrierStatus: CarrierMessageStatus | null;
  errorCode: string | null;
};

export type TimelineCall = {
  at: string;
  touchKey: string | null;
  refusalCode: string | null;
  id: string;
  state: TouchState;
  outcome: CallOutcome | null;
  answeredBy: AnsweredBy | null;
  durationSeconds: number | null;
  carrierStatus: CarrierCallStatus | null;
};

export type TimelineRows = { lines: TimelineLine[]; messages: TimelineMessage[]; calls: TimelineCall[] };

/**
 * All that a journey's timeline is made of, each list oldest first: what its workflow told, its texts and calls, and what
 * the lead wrote since it began. Null when there is no such journey.
 */
export async function readTimeline(
  database: Database,
  scope: TenantScope,
  journeyId: string,
): Promise<TimelineRows | null> {
  const [row] = await inOneStatement<TimelineRows>(
    database,
    scope,
    sql`
      select
        (select coalesce(jsonb_agg(jsonb_build_object('at', ${iso(sql`e.at`)}, 'kind', e.kind, 'stepId', e.step_id,
            'data', e.data) order by e.seq), '[]')
          from journey_events e where e.journey_id = j.id) as lines,
        (select coalesce(jsonb_agg(jsonb_build_object('at', ${iso(sql`coalesce(m.sent_at, m.created_at)`)},
            'touchKey', m.touch_key, 'refusalCode', m.refusal_code, 'id', m.id, 'direction', m.direction, 'body', m.body,
            'state', m.state, 'carrierStatus', m.carrier_status, 'errorCode', m.error_code)
            order by coalesce(m.sent_at, m.created_at), m.id), '[]')
          from sms_messages m
          where m.lead_id = j.lead_id
            and (m.journey_id = j.id or (m.direction = 'inbound' and m.created_at >= j.created_at))) as messages,
        (select coalesce(jsonb_agg(jsonb_build_object('at', ${iso(sql`coalesce(c.sent_at, c.created_at)`)},
            'touchKey', c.touch_key, 'refusalCode', c.refusal_code, 'id', c.id, 'state', c.state, 'outcome', c.outcome,
            'answeredBy', c.answered_by, 'durationSeconds', c.duration_seconds, 'carrierStatus', c.carrier_status)
            order by coalesce(c.sent_at, c.created_at), c.id), '[]')
          from call_logs c where c.lead_id = j.lead_id and c.journey_id = j.id) as calls
      from journeys j where j.id = ${journeyId}`,
  );
  return row ?? null;
}
