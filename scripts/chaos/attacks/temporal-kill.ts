import { setTimeout as sleep } from 'node:timers/promises';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { journeyWorkflowId } from '#domain/workflow-ids.ts';
import { between, draw } from '#simulator/draw.ts';
import type { LedgerCallback } from '#simulator/ledger.ts';
import type { Attack } from '../attack.ts';
import { inOwnPlace } from '../place.ts';
import { launchUntilTaken } from '../stage/launches.ts';
import { gatherCrowd } from '../stage/people.ts';
import type { Crowd } from '../stage/people.ts';
import { setStage } from '../stage/stage.ts';
import type { Stage } from '../stage/stage.ts';
import { describeVerdict, failuresOf } from '../stage/verdict.ts';

/** Nobody but the reply's signal can end it within the attack. */
const journey: JourneyDefinition = {
  start: 'text',
  steps: [
    { id: 'text', kind: 'sms', body: 'Hello {{first_name|there}}', next: 'reply' },
    { id: 'reply', kind: 'wait_for_reply', timeout: '30d', onReply: 'end', onTimeout: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

const sizes = {
  small: { kills: 2, leadsEach: 10, awayMs: 1_500 },
  large: { kills: 20, leadsEach: 25, awayMs: 4_000 },
};

const limitMs = 5 * 60_000;

/**
 * Temporal dies again and again, with kill -9, while launches are asked for and people answer; it comes back on the same
 * file. Whatever was acknowledged meanwhile, to a client or to the carrier, must have happened in the end.
 */
export const temporalKill: Attack = {
  name: 'temporal-kill',
  run: ({ scale, seed, say }) =>
    inOwnPlace(async (place) => {
      const { kills, leadsEach, awayMs } = sizes[scale];
      const stage = await setStage(place, { seed, persona: 'replies_yes' });
      const [crowd] = await Promise.all([gatherCrowd(stage, journey), stage.workers.start()]);
      const launched: string[] = [];

      let attacking = true;
      const launching = launchWhile(() => attacking);
      for (let nr = 1; nr <= kills; nr += 1) {
        await sleep(between(draw(seed, 'alive', nr), 500, 2_500));
        await stage.temporal.kill();
        await sleep(between(draw(seed, 'away', nr), awayMs / 2, awayMs));
        await stage.temporal.restart();
        say(`Temporal killed (${nr} of ${kills}), ${launched.length} launches acknowledged`);
      }
      attacking = false;
      await launching;

      await settled(stage, crowd);
      await stage.inbox.drain();
      const { texts, replies, callbacks } = stage.ledger;
      const verdict = {
        lostLaunches: await countLost(stage, crowd, launched),
        unsent: launched.length * leadsEach - new Set(texts.map(({ to }) => to)).size,
        duplicates: texts.length - new Set(texts.map(({ to }) => to)).size,
        webhooksNotTaken: callbacks.filter(({ result }) => result !== 'delivered').length,
        webhooksNotProcessed: await unprocessed(stage),
        repliesUnheard: await unheard(stage, crowd),
      };
      return {
        trials: kills,
        failures: failuresOf(verdict),
        note: `${launched.length} launches, ${texts.length} texts, ${callbacks.length} webhooks, ${replies.length} replies; ${describeVerdict(verdict)}${refusalsOf(callbacks)}`,
      };

      /** A launch after the other, each until it is acknowledged, through every outage. */
      async function launchWhile(isGoingOn: () => boolean): Promise<void> {
        while (isGoingOn()) {
          launched.push(await launchUntilTaken(crowd, await crowd.addLeads(leadsEach)));
          await sleep(200);
        }
      }
    }),
};

/** Waits until every journey has been started, texted and, where the person wrote back, ended. */
async function settled(stage: Stage, crowd: Crowd): Promise<void> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(500)) {
    const [row] = await stage.asOwner<{ n: number }>(
      `select (select count(*) from launch_members where organization_id = $1 and state = 'pending')::int
         + (select count(*) from journeys where organization_id = $1 and status = 'active'
              and waiting_for is distinct from 'reply')::int as n`,
      [crowd.organizationId],
    );
    if (row!.n === 0 && (await unheard(stage, crowd)) === 0 && (await repliesComing(stage)) === 0) return;
  }
}

/** People take up to fifteen seconds to write; whoever is going to has done so when nothing new came for a while. */
async function repliesComing(stage: Stage): Promise<number> {
  const before = stage.ledger.replies.length;
  await sleep(2_000);
  return stage.ledger.replies.length - before;
}

/** Acknowledged launches of which a member has no journey, or a journey that Temporal does not know. */
async function countLost(stage: Stage, crowd: Crowd, launched: string[]): Promise<number> {
  const members = await stage.asOwner<{ launchId: string; leadId: string; state: string }>(
    `select launch_id as "launchId", lead_id as "leadId", state from launch_members where organization_id = $1`,
    [crowd.organizationId],
  );
  const lost = new Set(launched.filter((id) => !members.some(({ launchId }) => launchId === id)));
  for (const { launchId, leadId, state } of members) {
    const workflowId = journeyWorkflowId({ ...crowd, leadId });
    const found = await stage.temporal.client.workflow
      .getHandle(workflowId)
      .describe()
      .catch(() => null);
    const lives = found?.status.name === 'RUNNING' || found?.status.name === 'COMPLETED';
    if (state !== 'started' || !lives) lost.add(launchId);
  }
  return lost.size;
}

/** Replies that we took and whose journey still waits for one. */
async function unheard(stage: Stage, crowd: Crowd): Promise<number> {
  const phones = stage.ledger.replies
    .filter(({ deliveredAt }) => deliveredAt !== null)
    .map(({ from }) => from);
  const [row] = await stage.asOwner<{ n: number }>(
    `select count(*)::int as n from journeys j join leads l on (l.organization_id, l.id) = (j.organization_id, j.lead_id)
     where j.organization_id = $1 and j.status = 'active' and l.phone = any($2::text[])`,
    [crowd.organizationId, phones],
  );
  return row!.n;
}

/** What webhooks were answered that were not taken. */
function refusalsOf(callbacks: readonly LedgerCallback[]): string {
  const answers = callbacks
    .filter(({ result }) => result !== 'delivered')
    .map(({ kind, httpStatus, result }) => `${kind} ${httpStatus ?? result}`);
  return answers.length > 0 ? ` (${[...new Set(answers)].join(', ')})` : '';
}

async function unprocessed(stage: Stage): Promise<number> {
  const [row] = await stage.asOwner<{ n: number }>(
    'select count(*)::int as n from webhook_inbox where processed_at is null',
  );
  return row!.n;
}
