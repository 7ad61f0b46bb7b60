import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Change } from './types.ts';

/*
 * The change feed keeps what is on the screen true: each change marks the queries it touches, and these are read again,
 * at most once a second and never while a round of reading is under way. Where the stream cannot be had, everything
 * that is on the screen is read every few seconds instead.
 */

export type LiveState = 'connecting' | 'live' | 'polling';

const gatherMs = 1_000;
const pollMs = 5_000;
const reconnectMs = 10_000;

let state: LiveState = 'connecting';
const listeners = new Set<() => void>();

function setState(next: LiveState) {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

/** Whether the page is live, as the shell tells it. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** Which queries a change concerns: lists of that kind, the things it names, and the counts. */
export function touchedKeys(
  change: Pick<Change, 'type' | 'leadId' | 'journeyId' | 'launchId' | 'data'>,
): string[] {
  const keys = new Set<string>(['stats']);
  const kind = change.type.split('.')[0] ?? '';
  for (const entity of ['launch', 'journey', 'lead', 'campaign', 'import']) {
    if (entity === kind) keys.add(`${entity}/list`);
  }
  if (change.launchId !== null) keys.add('launch/list').add(`launch/${change.launchId}`);
  if (change.journeyId !== null) keys.add('journey/list').add(`journey/${change.journeyId}`);
  if (change.leadId !== null) keys.add(`lead/${change.leadId}`);
  if (kind === 'campaign') keys.add('campaign');
  if (kind === 'pipeline') keys.add('pipelines').add('board');
  // A card tells its lead's stage and what its journey rests on.
  if (kind === 'lead' || kind === 'journey') keys.add('board');
  if (typeof change.data.importId === 'string') keys.add(`import/${change.data.importId}`);
  return [...keys];
}

/** Follows the stream until the returned function is called. */
export function followChanges(queryClient: QueryClient): () => void {
  const touched = new Set<string>();
  let everything = false;
  let working = false;
  let stopped = false;
  let source: EventSource | null = null;
  let reconnect: ReturnType<typeof setTimeout> | undefined;

  const refresh = async () => {
    if (working || stopped) return;
    working = true;
    while (!stopped && (everything || touched.size > 0)) {
      await visible();
      await sleep(gatherMs);
      const all = everything;
      const keys = new Set(touched);
      everything = false;
      touched.clear();
      const polled = state === 'polling';
      await queryClient.invalidateQueries(
        {
          predicate: ({ queryKey: [kind, id], state: { data, error } }) =>
            kind !== 'session' &&
            // What could not be read at all waits, with its error and a button, for the stream or the reader.
            !(polled && data === undefined && error !== null) &&
            (all || keys.has(String(kind)) || keys.has(`${String(kind)}/${String(id)}`)),
        },
        // A reading that is being retried would otherwise begin anew at every poll, and never be told to have failed.
        { cancelRefetch: !polled },
      );
    }
    working = false;
  };

  const connect = () => {
    source = new EventSource('/v1/events/stream');
    source.addEventListener('open', () => {
      // What changed between the page's own reading and now is not in the stream.
      if (state === 'polling') everything = true;
      setState('live');
      void refresh();
    });
    source.addEventListener('change', (event: MessageEvent<string>) => {
      for (const key of touchedKeys(JSON.parse(event.data) as Change)) touched.add(key);
      void refresh();
    });
    source.addEventListener('error', () => {
      setState('polling');
      // The browser reconnects by itself, except after a refusal.
      if (source?.readyState === EventSource.CLOSED && !stopped) reconnect = setTimeout(connect, reconnectMs);
    });
  };

  const poll = setInterval(() => {
    if (state !== 'polling') return;
    everything = true;
    void refresh();
  }, pollMs);

  connect();
  return () => {
    stopped = true;
    clearInterval(poll);
    clearTimeout(reconnect);
    source?.close();
    setState('connecting');
  };
}

/** Resolves at once, or when the page is looked at again: nobody needs a hidden page to be fresh. */
async function visible(): Promise<void> {
  if (document.visibilityState === 'visible') return;
  await new Promise<void>((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true });
  });
}

async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
