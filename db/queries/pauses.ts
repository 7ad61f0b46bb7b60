import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { ResumePolicy } from '#domain/compliance/pauses.ts';
import type { Database } from '../database.ts';
import type { TenantTransaction } from '../tenant.ts';
import type { Actor } from './audit.ts';
import { iso } from './reading.ts';
import { rowsOf } from './rows.ts';

/** What sending can be stopped of. The whole installation has switches of its own, below. */
export type PauseSubject = { kind: 'campaign' | 'launch' | 'organization'; id: string };

/** `policy` null: the one that the campaign's settings name; of an organisation, `keep`. */
export type PauseChange = { change: 'pause' } | { change: 'resume'; policy: ResumePolicy | null };

type Subject = {
  table: SQL;
  /** The switch that the gate reads. */
  column: SQL;
  alsoSet: SQL;
  policy: SQL;
  cancelled: SQL;
  actions: { pause: string; resume: string };
  event: { type: string; launchId: SQL; data: SQL };
};

const subjects: Record<PauseSubject['kind'], Subject> = {
  campaign: {
    table: sql`campaigns`,
    column: sql`paused_at`,
    alsoSet: sql`, updated_at = app_now()`,
    policy: sql`t.settings ->> 'resumePolicy'`,
    cancelled: sql`false`,
    actions: { pause: 'campaign.pause', resume: 'campaign.resume' },
    event: {
      type: 'campaign.updated',
      launchId: sql`null::uuid`,
      data: sql`jsonb_build_object('campaignId', s.id::text)`,
    },
  },
  launch: {
    table: sql`launches`,
    column: sql`paused_at`,
    alsoSet: sql``,
    policy: sql`(select c.settings ->> 'resumePolicy' from campaigns c where c.id = t.campaign_id)`,
    cancelled: sql`t.cancelled_at is not null`,
    actions: { pause: 'launch.pause', resume: 'launch.resume' },
    event: { type: 'launch.updated', launchId: sql`s.id`, data: sql`'{}'::jsonb` },
  },
  organization: {
    table: sql`organizations`,
    column: sql`sending_stopped_at`,
    alsoSet: sql``,
    policy: sql`null::text`,
    cancelled: sql`false`,
    actions: { pause: 'organization.stop', resume: 'organization.resume' },
    event: { type: 'organization.updated', launchId: sql`null::uuid`, data: sql`'{}'::jsonb` },
  },
};

/**
 * Pauses or resumes in one statement: the switch, the stretch that the gate gives back afterwards, the change event and
 * the audit line. The gate reads the switch, so it works with the commit, for any number of journeys. `changed` is false
 * when it was so already; `pausedAt` is how it is now, in ISO; a cancelled launch stays as it is. Null when there is no
 * such thing, or the role may not change it.
 */
export async function setPaused(
  tx: TenantTransaction,
  organizationId: string,
  subject: PauseSubject,
  change: PauseChange,
  actor: Actor,
): Promise<{ changed: boolean; cancelled: boolean; pausedAt: string | null } | null> {
  const { table, column, alsoSet, policy, cancelled, actions, event } = subjects[subject.kind];
  const pausing = change.change === 'pause';
  const mine = sql`${organizationId}::uuid`;
  const chosen = pausing ? null : change.policy;
  const stretch = pausing
    ? sql`
      opened as (
        insert into sending_pauses as p (organization_id, subject_id, began_at, policy)
        select ${mine}, id, app_now(), policy from switched
        -- One that is still open was lifted by hand: what it was is not known any more.
        on conflict (organization_id, subject_id) where ended_at is null do update set began_at = excluded.began_at)`
    : sql`
      closed as (
        update sending_pauses p set ended_at = app_now(), policy = s.policy from switched s
        where p.subject_id = s.id and p.ended_at is null returning p.id),
      unrecorded as (
        insert into sending_pauses (organization_id, subject_id, began_at, ended_at, policy)
        select ${mine}, id, since, app_now(), policy from switched where not exists (select from closed))`;
  const [row] = await rowsOf<{ changed: boolean; cancelled: boolean; pausedAt: string | null }>(
    tx,
    sql`
      with was as (
        select t.id, t.${column} as since, coalesce(${chosen}, ${policy}, 'keep') as policy, ${cancelled} as cancelled
        from ${table} t where t.id = ${subject.id} for no key update of t),
      switched as (
        update ${table} t set ${column} = ${pausing ? sql`app_now()` : sql`null`} ${alsoSet}
        from was where t.id = was.id and not was.cancelled and was.since is ${pausing ? sql`null` : sql`not null`}
        returning was.id, was.since, was.policy),
      ${stretch},
      told as (
        insert into events (organization_id, type, launch_id, data)
        select ${mine}, ${event.type}, ${event.launchId}, ${event.data} from switched s),
      audited as (
        insert into audit_log (organization_id, user_id, action, subject_type, subject_id, request_id, data)
        select ${mine}, ${actor.userId}::uuid, ${actions[change.change]}, ${subject.kind}, id, ${actor.requestId},
          ${pausing ? sql`'{}'::jsonb` : sql`jsonb_build_object('policy', policy)`}
        from switched)
      select exists (select from switched) as changed, cancelled,
        ${iso(sql`case when exists (select from switched) then ${pausing ? sql`app_now()` : sql`null`} else since end`)} as "pausedAt"
      from was`,
  );
  return row ?? null;
}

/** How it stands with the whole installation: since when all sending is stopped, in ISO; null = it is not. */
export async function readInstallationStop(database: Database): Promise<string | null> {
  const { rows } = await database.platform.execute<{ since: string | null }>(
    sql`select ${iso(sql`max(sending_stopped_at)`)} as since from platform.switches`,
  );
  return rows[0]?.since ?? null;
}

/** Stops or frees the sending of every organisation, in one statement. False when it was so already. */
export async function setInstallationStop(
  database: Database,
  change: { change: 'stop' } | { change: 'resume'; policy: ResumePolicy },
): Promise<boolean> {
  // Outside a tenant transaction business time is not a setting.
  const now = sql`coalesce(${(await database.clock?.now())?.toISOString() ?? null}::timestamptz, now())`;
  const stretch =
    change.change === 'stop'
      ? sql`
        -- What is still open was lifted by hand: what it was is not known any more.
        forgotten as (update platform.stops set ended_at = began_at where ended_at is null and exists (select from switched)),
        opened as (insert into platform.stops (began_at) select ${now} from switched)`
      : sql`
        closed as (
          update platform.stops set ended_at = ${now}, policy = ${change.policy}
          where ended_at is null and exists (select from switched) returning id),
        unrecorded as (
          insert into platform.stops (began_at, ended_at, policy)
          select since, ${now}, ${change.policy} from switched where not exists (select from closed))`;
  const stopping = change.change === 'stop';
  const { rows } = await database.platform.execute(sql`
    with was as (select "only", sending_stopped_at as since from platform.switches for no key update),
    switched as (
      update platform.switches t set sending_stopped_at = ${stopping ? now : sql`null`}
      from was where t."only" = was."only" and was.since is ${stopping ? sql`null` : sql`not null`}
      returning was.since),
    ${stretch}
    select from switched`);
  return rows.length === 1;
}
