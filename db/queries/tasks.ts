import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { beforeInTime, inOneStatement, iso, pageOf, position } from './reading.ts';
import type { Page, PageRequest, Position } from './reading.ts';
import { rowsOf } from './rows.ts';

export type TaskRow = {
  id: string;
  kind: string;
  title: string;
  status: 'open' | 'done';
  lead: { id: string; name: string } | null;
  journeyId: string | null;
  dueAt: string | null;
  createdAt: string;
};

const columns = sql`
  t.id, t.kind, t.title, t.status, t.journey_id as "journeyId", ${iso(sql`t.due_at`)} as "dueAt",
  ${iso(sql`t.created_at`)} as "createdAt",
  case when l.id is not null
    then jsonb_build_object('id', l.id, 'name', trim(l.first_name || ' ' || l.last_name)) end as lead`;

const tables = sql`tasks t left join leads l on (l.organization_id, l.id) = (t.organization_id, t.lead_id)`;

/** Newest first. */
export async function listTasks(
  database: Database,
  scope: TenantScope,
  filter: { status?: TaskRow['status'] | undefined; leadId?: string | undefined; kind?: string | undefined },
  page: PageRequest,
): Promise<Page<TaskRow>> {
  const conditions: SQL[] = [
    beforeInTime(sql`t.created_at`, sql`t.id`, page.after),
    filter.status === undefined ? sql`true` : sql`t.status = ${filter.status}`,
    filter.leadId === undefined ? sql`true` : sql`t.lead_id = ${filter.leadId}`,
    filter.kind === undefined ? sql`true` : sql`t.kind = ${filter.kind}`,
  ];
  const rows = await inOneStatement<TaskRow & { position: Position }>(
    database,
    scope,
    sql`
      select ${columns}, ${position(sql`t.created_at`, sql`t.id`)} from ${tables}
      where ${sql.join(conditions, sql` and `)}
      order by t.created_at desc, t.id desc limit ${page.limit + 1}`,
  );
  return pageOf(rows, page.limit);
}

/**
 * Marks a task as done, with its event; one that is done stays so. A reply in doubt is not done with by a tick: it stays
 * open until the review has been answered. Null when there is no such task.
 */
export async function finishTask(
  tx: TenantTransaction,
  id: string,
): Promise<{ task: TaskRow; changed: boolean } | null> {
  const changed = await rowsOf(
    tx,
    sql`
      with changed as (
        update tasks set status = 'done' where id = ${id} and status = 'open' and kind <> 'consent_review'
        returning organization_id, lead_id, journey_id, id, kind),
      told as (
        insert into events (organization_id, type, lead_id, journey_id, data)
        select organization_id, 'task.done', lead_id, journey_id, jsonb_build_object('taskId', id, 'kind', kind)
        from changed)
      select id from changed`,
  );
  const [task] = await rowsOf<TaskRow>(tx, sql`select ${columns} from ${tables} where t.id = ${id}`);
  return task ? { task, changed: changed.length === 1 } : null;
}
