import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crowd } from './people.ts';

const giveUpMs = 5 * 60_000;

/**
 * Launches these leads as a careful client does: the same request under the same key until it is acknowledged. Answers
 * with the launch's id.
 */
export async function launchUntilTaken(crowd: Crowd, leads: { leadId: string }[]): Promise<string> {
  const headers = { 'idempotency-key': randomUUID() };
  const json = { campaignId: crowd.campaignId, cohort: { leadIds: leads.map(({ leadId }) => leadId) } };
  let last = 'no answer';
  for (const deadline = Date.now() + giveUpMs; Date.now() < deadline; await sleep(200)) {
    const response = await crowd.request('/v1/launches', { method: 'POST', json, headers }).catch(() => null);
    if (response?.ok) return ((await response.json()) as { id: string }).id;
    if (response) last = `${response.status} ${await response.text()}`;
  }
  throw new Error(`A launch was not taken: ${last}`);
}
