import { request, Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '#scripts/chaos/attacks/storm/deliveries.ts';

export type LoadResult = {
  /** From the moment at which each request was due until its answer was read, in milliseconds. */
  ackMs: number[];
  /** Requests that were not acknowledged. */
  refused: number;
};

/**
 * Sends one delivery every so often whatever becomes of the ones before, as a carrier does: a server that falls behind is
 * charged for the waiting as well.
 */
export async function sendSteadily(
  baseUrl: string,
  deliveries: readonly Delivery[],
  perSecond: number,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const result: LoadResult = { ackMs: [], refused: 0 };
  const beganAt = performance.now();
  const underWay: Promise<void>[] = [];
  for (let next = 0; next < deliveries.length; await sleep(1)) {
    for (; next < deliveries.length; next += 1) {
      const dueAt = beganAt + (next * 1_000) / perSecond;
      if (dueAt > performance.now()) break;
      underWay.push(send(agent, baseUrl, deliveries[next]!).then((status) => note(status, dueAt)));
    }
  }
  await Promise.all(underWay);
  agent.destroy();
  return result;

  function note(status: number, dueAt: number): void {
    result.ackMs.push(performance.now() - dueAt);
    if (status < 200 || status > 299) result.refused += 1;
  }
}

function send(agent: Agent, baseUrl: string, { path, body, signature }: Delivery): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'x-twilio-signature': signature ?? '',
    };
    const sent = request(`${baseUrl}${path}`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** The value that so many hundredths of them do not exceed. */
export function percentile(values: readonly number[], hundredths: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * hundredths) / 100) - 1)] ?? NaN;
}
