import { sql } from 'drizzle-orm';
import type { CallStep } from '#domain/journey/definition.ts';
import type { Database } from '../database.ts';
import { systemScope } from '../tenant.ts';
import { inOneStatement } from './reading.ts';

export type VoiceScript = {
  /** Null when the journey's version has no such call step. */
  step: Pick<CallStep, 'say' | 'voicemail'> | null;
  /** Values for the step's templates; absent ones are left out. */
  variables: Record<string, string>;
};

/** What a promised call says when neither the promise nor its campaign has words for it. */
const callbackGreeting = 'This is {{organization}}, calling you back as promised.';

/**
 * What is to be said on a call that somebody has answered: the call step of the journey's own version and the lead's
 * fields. A call that keeps a promise says what was promised, else what its campaign's first call says to a person; to a
 * machine it says nothing, for it is made again. Null when the call is not ours, or the sid is another call's.
 */
export async function readVoiceScript(
  database: Database,
  organizationId: string,
  call: { touchId: string; sid: string },
): Promise<VoiceScript | null> {
  type Row = {
    step: VoiceScript['step'];
    variables: Record<string, string | null>;
    customFields: Record<string, string>;
  };
  const [row] = await inOneStatement<Row>(
    database,
    systemScope(organizationId),
    sql`
      select l.custom_fields as "customFields",
        jsonb_build_object(
          'first_name', l.first_name, 'last_name', l.last_name, 'full_name', trim(l.first_name || ' ' || l.last_name),
          'company', l.company, 'city', l.city, 'state', l.state, 'organization', o.name, 'campaign', c.name) as variables,
        case when p.id is null
          then (select s from journey_versions v, jsonb_array_elements(v.definition -> 'steps') s
            where v.id = j.version_id and s ->> 'id' = split_part(t.touch_key, ':', 1) and s ->> 'kind' = 'call')
          else jsonb_build_object('say', coalesce(p.say,
            (select s.step ->> 'say'
              from journey_versions v, jsonb_array_elements(v.definition -> 'steps') with ordinality as s(step, position)
              where v.id = coalesce(promised.version_id, c.current_version_id) and s.step ->> 'kind' = 'call'
              order by s.position limit 1),
            ${callbackGreeting}::text)) end as step
      from call_logs t
        left join callbacks p on (p.organization_id, p.id) = (t.organization_id, t.callback_id)
        left join journeys promised on (promised.organization_id, promised.id) = (p.organization_id, p.journey_id)
        left join journeys j on (j.organization_id, j.id) = (t.organization_id, t.journey_id)
        join leads l on (l.organization_id, l.id) = (t.organization_id, coalesce(j.lead_id, p.lead_id))
        left join campaigns c on (c.organization_id, c.id) = (t.organization_id, coalesce(j.campaign_id, p.campaign_id))
        join organizations o on o.id = t.organization_id
      where t.id = ${call.touchId} and t.direction = 'outbound'
        and (t.provider_sid = ${call.sid} or (t.provider_sid is null
          and not exists (select from call_logs other where other.provider_sid = ${call.sid})))`,
  );
  if (!row) return null;
  const custom = Object.entries(row.customFields).map(([name, value]) => [`custom.${name}`, value] as const);
  const given = [...Object.entries(row.variables), ...custom].filter(
    (entry): entry is [string, string] => !!entry[1],
  );
  return { step: row.step, variables: Object.fromEntries(given) };
}
