import type { Activities } from '#activities/index.ts';
import type { Database } from '#db/database.ts';

/** The moments of a touch at which a worker dies by its own hand; the two on the wire are the carrier's to see. */
export const ownMarks = ['before-reserve', 'after-reserve', 'before-completing'] as const;
export const wireMarks = ['on-the-wire', 'accepted-without-response'] as const;
export const markNames = [...ownMarks, ...wireMarks] as const;
export type MarkName = (typeof markNames)[number];

/** Die at the `nr`th touch that comes to this moment, from 1. */
export type Mark = { at: MarkName; nr: number };

/** Watches what is sent to Postgres: the reservation, and what marks a touch as being sent. */
export function markStatements(database: Database, mark: Mark): void {
  const isAt = statementOf[mark.at];
  if (!isAt) return;
  const reached = dieAt(mark);
  database.pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const watched = (...args: unknown[]) => {
      if (isAt(args[0] as Statement)) reached();
      return query(...args);
    };
    client.query = watched as typeof client.query;
  });
}

/** Watches touches that are done and about to be reported to Temporal. */
export function markActivities(activities: Activities, mark: Mark): Activities {
  if (mark.at !== 'before-completing') return activities;
  const reached = dieAt(mark);
  const watched =
    <Request, Result extends { outcome: string }>(touch: (request: Request) => Promise<Result>) =>
    async (request: Request): Promise<Result> => {
      const result = await touch(request);
      if (result.outcome === 'done') reached();
      return result;
    };
  return {
    ...activities,
    sendText: watched(activities.sendText),
    placeCall: watched(activities.placeCall),
  };
}

type Statement = string | { name?: string; text?: string };

const statementOf: Partial<Record<MarkName, (statement: Statement) => boolean>> = {
  'before-reserve': (statement) => /insert into (sms_messages|call_logs)\b/.test(textOf(statement)),
  'after-reserve': (statement) =>
    typeof statement !== 'string' && /^(sms_messages|call_logs)_sending$/.test(statement.name ?? ''),
};

function textOf(statement: Statement): string {
  return (typeof statement === 'string' ? statement : statement.text) ?? '';
}

function dieAt({ nr }: Mark): () => void {
  let seen = 0;
  return () => {
    seen += 1;
    if (seen === nr) process.kill(process.pid, 'SIGKILL');
  };
}
