import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope } from '../tenant.ts';
import { authorOf } from './lead-notes.ts';
import { inOneStatement, iso } from './reading.ts';

export const leadTimelineKinds = [
  'text',
  'call',
  'journey',
  'disposition',
  'stage',
  'note',
  'task',
  'callback',
  'consent',
  'block',
  'created',
  'import',
  'merge',
] as const;
export type LeadTimelineKind = (typeof leadTimelineKinds)[number];

/** Where a page of it ended: the instant as Postgres writes it, the kind, and what tells rows of one kind apart. */
export type LeadTimelinePosition = [at: string, kind: string, key: string];

export type LeadTimelineRow = {
  at: string;
  kind: LeadTimelineKind;
  journeyId: string | null;
  data: Record<string, unknown>;
};

type Found = LeadTimelineRow & { position: LeadTimelinePosition };

/** One source of the timeline: rows of one kind, newest first. */
type Source = { kind: LeadTimelineKind; from: SQL; where: SQL; at: SQL; key: SQL; journeyId: SQL; data: SQL };

const ofLead = (alias: string) => sql`${sql.raw(alias)}.lead_id in (select id from mine)`;
const nobody = sql`null::uuid`;
const text = (column: SQL) => sql`${column}::text`;

/**
 * Lines of a journey that say what the ledgers say themselves (texts, calls, replies, stages, dispositions) are left out:
 * everything stands there once.
 */
const sources: Source[] = [
  {
    kind: 'text',
    from: sql`sms_messages m`,
    where: ofLead('m'),
    at: sql`m.created_at`,
    key: text(sql`m.id`),
    journeyId: sql`m.journey_id`,
    data: sql`jsonb_build_object('messageId', m.id, 'direction', m.direction, 'body', m.body, 'state', m.state,
      'code', m.refusal_code, 'carrierStatus', m.carrier_status, 'errorCode', m.error_code)`,
  },
  {
    kind: 'call',
    from: sql`call_logs c`,
    where: ofLead('c'),
    at: sql`c.created_at`,
    key: text(sql`c.id`),
    journeyId: sql`c.journey_id`,
    data: sql`jsonb_build_object('callId', c.id, 'state', c.state, 'code', c.refusal_code, 'outcome', c.outcome,
      'answeredBy', c.answered_by, 'durationSeconds', c.duration_seconds, 'carrierStatus', c.carrier_status,
      'errorCode', c.error_code, 'attempt', c.attempt)`,
  },
  {
    kind: 'journey',
    from: sql`journeys j join campaigns g on (g.organization_id, g.id) = (j.organization_id, j.campaign_id)
      join journey_events e on (e.organization_id, e.journey_id) = (j.organization_id, j.id)`,
    where: sql`${ofLead('j')} and e.kind !~ '^(text|call)-'
      and e.kind not in ('reply-received', 'stage-set', 'disposition-applied')`,
    at: sql`e.at`,
    key: sql`j.id || ':' || lpad(e.seq::text, 9, '0')`,
    journeyId: sql`j.id`,
    data: sql`e.data || jsonb_build_object('line', e.kind, 'stepId', e.step_id, 'campaign', g.name)`,
  },
  {
    kind: 'disposition',
    from: sql`disposition_metrics d left join dispositions r on (r.organization_id, r.id) = (d.organization_id, d.disposition_id)`,
    where: ofLead('d'),
    at: sql`d.created_at`,
    key: text(sql`d.id`),
    journeyId: sql`d.journey_id`,
    data: sql`jsonb_build_object('disposition', d.disposition, 'label', r.label, 'setBy', d.set_by,
      'author', ${authorOf(sql`d.user_id`)}, 'confidence', d.confidence)`,
  },
  {
    kind: 'stage',
    from: sql`stage_moves v
      left join pipeline_stages a on (a.organization_id, a.id) = (v.organization_id, v.from_stage_id)
      left join pipeline_stages b on (b.organization_id, b.id) = (v.organization_id, v.to_stage_id)`,
    where: ofLead('v'),
    at: sql`v.created_at`,
    key: text(sql`v.id`),
    journeyId: sql`v.journey_id`,
    data: sql`jsonb_build_object('from', a.name, 'to', b.name, 'setBy', v.set_by, 'author', ${authorOf(sql`v.user_id`)},
      'reason', v.reason)`,
  },
  {
    kind: 'note',
    from: sql`lead_notes n`,
    where: ofLead('n'),
    at: sql`n.created_at`,
    key: text(sql`n.id`),
    journeyId: nobody,
    data: sql`jsonb_build_object('noteId', n.id, 'body', n.body, 'author', ${authorOf(sql`n.user_id`)},
      'updatedAt', ${iso(sql`n.updated_at`)})`,
  },
  {
    kind: 'task',
    from: sql`tasks t`,
    where: ofLead('t'),
    at: sql`t.created_at`,
    key: text(sql`t.id`),
    journeyId: sql`t.journey_id`,
    data: sql`jsonb_build_object('taskId', t.id, 'kind', t.kind, 'title', t.title, 'status', t.status,
      'dueAt', ${iso(sql`t.due_at`)})`,
  },
  {
    kind: 'callback',
    from: sql`callbacks p`,
    where: ofLead('p'),
    at: sql`p.created_at`,
    key: text(sql`p.id`),
    journeyId: sql`p.journey_id`,
    data: sql`jsonb_build_object('callbackId', p.id, 'status', p.status, 'dueAt', ${iso(sql`p.due_at`)},
      'keptAt', ${iso(sql`p.kept_at`)}, 'note', p.note)`,
  },
  {
    kind: 'consent',
    from: sql`consents k`,
    // What a number has said follows the number.
    where: sql`k.phone = (select phone from subject)`,
    at: sql`k.created_at`,
    key: text(sql`k.id`),
    journeyId: nobody,
    data: sql`jsonb_build_object('consentId', k.id, 'kind', k.kind, 'channel', k.channel, 'source', k.source, 'text', k.text)`,
  },
  {
    kind: 'block',
    from: sql`lead_blocks x`,
    where: ofLead('x'),
    at: sql`x.created_at`,
    key: text(sql`x.id`),
    journeyId: nobody,
    data: sql`jsonb_build_object('blockId', x.id, 'reason', x.reason, 'expiresAt', ${iso(sql`x.expires_at`)},
      'author', ${authorOf(sql`x.created_by`)})`,
  },
  {
    kind: 'created',
    from: sql`subject l`,
    where: sql`true`,
    at: sql`l.created_at`,
    key: text(sql`l.id`),
    journeyId: nobody,
    data: sql`jsonb_build_object('source', l.source)`,
  },
  {
    kind: 'import',
    from: sql`import_members im join imports i on (i.organization_id, i.id) = (im.organization_id, im.import_id)`,
    where: ofLead('im'),
    at: sql`coalesce(i.started_at, i.created_at)`,
    key: sql`i.id || ':' || im.line`,
    journeyId: nobody,
    data: sql`jsonb_build_object('importId', i.id, 'fileName', i.file_name, 'line', im.line)`,
  },
  {
    kind: 'merge',
    from: sql`leads o`,
    where: sql`o.merged_into_id = (select id from subject)`,
    at: sql`o.deleted_at`,
    key: text(sql`o.id`),
    journeyId: nobody,
    data: sql`jsonb_build_object('duplicateId', o.id)`,
  },
];

/**
 * Everything about a lead and the leads that were merged into it, newest first: one statement, in which each source gives
 * no more rows than the page has. Null when there is no such lead.
 */
export async function readLeadTimeline(
  database: Database,
  scope: TenantScope,
  leadId: string,
  page: { limit: number; after: LeadTimelinePosition | null },
): Promise<{ rows: LeadTimelineRow[]; next: LeadTimelinePosition | null } | null> {
  const branches = sources.map((source) => branch(source, page));
  const rows = await inOneStatement<Found & { known: boolean }>(
    database,
    scope,
    sql`
      with subject as materialized (
        select id, phone, source, created_at from leads where id = ${leadId} and deleted_at is null),
      mine as materialized (
        select id from subject union all select l.id from subject s join leads l on l.merged_into_id = s.id),
      lines as (
        select * from (${sql.join(branches, sql` union all `)}) f
        order by moment desc, kind desc, key desc limit ${page.limit + 1})
      select ${iso(sql`f.moment`)} as at, f.kind, f."journeyId", f.data,
        jsonb_build_array(f.moment::text, f.kind, f.key) as "position"
      from subject left join lines f on true order by f.moment desc, f.kind desc, f.key desc`,
  );
  if (rows.length === 0) return null;
  const lines = rows.filter(({ kind }) => kind !== null);
  const shown = lines.slice(0, page.limit);
  return {
    rows: shown.map(({ at, kind, journeyId, data }) => ({ at, kind, journeyId, data })),
    next: lines.length > page.limit ? shown.at(-1)!.position : null,
  };
}

function branch(
  source: Source,
  { limit, after }: { limit: number; after: LeadTimelinePosition | null },
): SQL {
  const kind = sql.raw(`'${source.kind}'`);
  const before =
    after === null
      ? sql`true`
      : sql`${source.at} <= ${after[0]}::timestamptz
          and (${source.at}, ${kind}::text, ${source.key}) < (${after[0]}::timestamptz, ${after[1]}::text, ${after[2]}::text)`;
  return sql`
    (select ${source.at} as moment, ${kind}::text as kind, ${source.key} as key, ${source.journeyId} as "journeyId", ${source.data} as data
      from ${source.from} where ${source.where} and ${before}
      order by ${source.at} desc, ${source.key} desc limit ${limit + 1})`;
}
