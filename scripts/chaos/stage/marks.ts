import type { Activities } from '#activities/index.ts';
import type { Database } from '#db/database.ts';
import type { MessagingProvider } from '#providers/messaging.ts';
import type { VoiceProvider } from '#providers/voice.ts';

/** The moments of a touch at which a worker dies by its own hand; the two on the wire are the carrier's to see. */
export const ownMarks = ['before-reserve', 'after-reserve', 'before-completing'] as const;
export const wireMarks = ['on-the-wire', 'accepted-without-response'] as const;
export const markNames = [...ownMarks, ...wireMarks] as const;
export type MarkName = (typeof markNames)[number];

/** Die at the `nr`th touch that comes to this moment, from 1. */
export type Mark = { at: MarkName; nr: number };

/** Watches what is sent to Postgres: the statement that reserves. */
export function markStatements(database: Database, mark: Mark): void {
  if (mark.at !== 'before-reserve') return;
  const reached = dieAt(mark);
  database.pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const watched = (...args: unknown[]) => {
      if (isReservation(args[0] as Statement)) reached();
      return query(...args);
    };
    client.query = watched as typeof client.query;
  });
}

/** Watches the way to the carrier: the reservation is committed, and nothing has been sent yet. */
export function markCarrier<Ports extends { messaging: MessagingProvider; voice: VoiceProvider }>(
  ports: Ports,
  mark: Mark,
): Ports {
  if (mark.at !== 'after-reserve') return ports;
  const reached = dieAt(mark);
  const { messaging, voice } = ports;
  return {
    ...ports,
    messaging: {
      ...messaging,
      sendText: (request) => {
        reached();
        return messaging.sendText(request);
      },
    },
    voice: {
      ...voice,
      placeCall: (request) => {
        reached();
        return voice.placeCall(request);
      },
    },
  };
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

function isReservation(statement: Statement): boolean {
  const text = (typeof statement === 'string' ? statement : statement.text) ?? '';
  return /insert into (sms_messages|call_logs)\b/.test(text);
}

function dieAt({ nr }: Mark): () => void {
  let seen = 0;
  return () => {
    seen += 1;
    if (seen === nr) process.kill(process.pid, 'SIGKILL');
  };
}
