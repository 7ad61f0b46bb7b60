import { setTimeout as sleep } from 'node:timers/promises';
import { leadJourneyWorkflow } from '#workflows/lead-journey/messages.ts';
import type { Stage } from '../../stage/stage.ts';

/** Waits until no launch of the organisation has that status; answers with how many still have. */
export async function untilNoneIs(
  stage: Stage,
  status: string,
  organizationId: string,
  withinMs: number,
): Promise<number> {
  for (const deadline = Date.now() + withinMs; ; await sleep(100)) {
    const [row] = await stage.asOwner<{ n: number }>(
      'select count(*)::int as n from launches where organization_id = $1 and status = $2',
      [organizationId, status],
    );
    if (row!.n === 0 || Date.now() > deadline) return row!.n;
  }
}

/** What the tables say about who was enrolled, how often, and who else was refused. */
export async function countEnrolled(
  stage: Stage,
  organizationId: string,
): Promise<{ journeys: number; people: number; twice: number; neither: number }> {
  const [row] = await stage.asOwner<{ journeys: number; people: number; twice: number; neither: number }>(
    `select count(*)::int as journeys, count(distinct lead_id)::int as people,
       (select count(*)::int from (select 1 from launch_members where organization_id = $1 and state = 'started'
         group by lead_id having count(*) > 1) s) as twice,
       (select count(*)::int from launch_members where organization_id = $1 and state <> 'started'
         and not (state = 'refused' and problems -> 0 ->> 'code' = 'ALREADY_ENROLLED')) as neither
     from journeys where organization_id = $1`,
    [organizationId],
  );
  return row!;
}

const visibleWithinMs = 15_000;

/**
 * Every journey's workflow that Temporal knows, running or over. The list lags behind what it tells of, so it is read
 * until it has as many as are wanted or comes no further.
 */
export async function journeyWorkflows(
  { temporal }: Stage,
  wanted: number,
): Promise<{ ids: string[]; running: number }> {
  const query = `WorkflowType = '${leadJourneyWorkflow}'`;
  let last = -1;
  for (const deadline = Date.now() + visibleWithinMs; ; await sleep(1_000)) {
    const { count } = await temporal.client.workflow.count(query);
    if (count >= wanted || (count === last && count === 0) || Date.now() > deadline) break;
    last = count;
  }
  const ids: string[] = [];
  let running = 0;
  for await (const { workflowId, status } of temporal.client.workflow.list({ query, pageSize: 1_000 })) {
    ids.push(workflowId);
    if (status.name === 'RUNNING') running += 1;
  }
  return { ids, running };
}
