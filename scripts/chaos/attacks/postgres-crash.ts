import { setTimeout as sleep } from 'node:timers/promises';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { between, draw } from '#simulator/draw.ts';
import type { Attack } from '../attack.ts';
import { inOwnPlace } from '../place.ts';
import { createBystander } from '../stage/bystander.ts';
import { launchUntilTaken } from '../stage/launches.ts';
import { gatherCrowd } from '../stage/people.ts';
import { setStage } from '../stage/stage.ts';
import type { Stage } from '../stage/stage.ts';
import { allEnded, describeVerdict, failuresOf, judge } from '../stage/verdict.ts';

const journey: JourneyDefinition = {
  start: 'text',
  steps: [
    { id: 'text', kind: 'sms', body: 'Hello {{first_name|there}}', next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

const sizes = { small: { crashes: 1, readers: 60 }, large: { crashes: 10, readers: 200 } };

/** Fewer than readers, by far. */
const apiPoolSize = 5;
const leadsEach = 10;
const endLimitMs = 3 * 60_000;
const readyAgainMs = 15_000;

/**
 * Postgres crashes under load, again and again: two organisations launch and send, two hundred requests at a time read
 * through five connections, and the carrier goes on calling.
 */
export const postgresCrash: Attack = {
  name: 'postgres-crash',
  run: ({ scale, seed, say }) =>
    inOwnPlace(async (place) => {
      const { crashes, readers } = sizes[scale];
      const stage = await setStage(place, { seed, persona: 'ignores', durable: true, apiPoolSize });
      const crowds = await Promise.all([
        gatherCrowd(stage, journey, { firstName: 'Amber' }),
        gatherCrowd(stage, journey, { firstName: 'Bruno' }),
        stage.workers.start(),
      ]).then(([amber, bruno]) => [amber, bruno] as const);
      const bystander = await place.begin(
        async () => createBystander(stage, crowds),
        (begun) => begun.leave(),
      );
      const readiness = { stayedGreen: 0, stayedRed: 0 };

      let attacking = true;
      const load = [
        ...crowds.map(async (crowd) => {
          for (; attacking; await sleep(300))
            await launchUntilTaken(crowd, await crowd.addLeadsPatiently(leadsEach));
        }),
        (async () => {
          // A second apart, as Retry-After asks.
          for (; attacking; await sleep(1_000)) await bystander.readAtOnce(readers);
        })(),
      ];
      for (const each of load) each.catch(() => {});
      for (let nr = 1; nr <= crashes; nr += 1) {
        await sleep(between(draw(seed, 'alive', nr), 1_500, 3_000));
        await stage.postgres.crash();
        const awayUntil = Date.now() + between(draw(seed, 'away', nr), 800, 1_500);
        let red = false;
        do {
          red = (await bystander.lookWhileAway()) || red;
          await sleep(50);
        } while (Date.now() < awayUntil);
        if (!red) readiness.stayedGreen += 1;
        await stage.postgres.restart();
        if (!(await bystander.turnsGreen(readyAgainMs))) readiness.stayedRed += 1;
        say(`Postgres crashed and came back (${nr} of ${crashes})`);
      }
      attacking = false;
      await Promise.all(load);

      const verdicts: Record<string, number>[] = [];
      for (const { organizationId } of crowds) {
        await allEnded(stage, organizationId, endLimitMs);
        verdicts.push(await judge(stage, organizationId));
      }
      await stage.inbox.drain();
      const { answers, ...broken } = await bystander.count();
      const verdict = {
        ...sum(verdicts),
        withoutReservation: await withoutReservation(stage),
        uncleanConnections: await uncleanConnections(stage),
        callbacksUnanswered: stage.ledger.callbacks.filter(
          ({ httpStatus, result }) => result !== 'lost' && !isFine(httpStatus),
        ).length,
        ...readiness,
        ...broken,
      };
      return {
        trials: crashes,
        failures: failuresOf(verdict),
        note: `${stage.ledger.texts.length} texts, ${answers}; ${describeVerdict(verdict)}`,
      };
    }),
};

/** Taken, or told to come again. */
function isFine(httpStatus: number | null): boolean {
  return httpStatus !== null && (httpStatus < 300 || httpStatus === 503);
}

/** Texts at the carrier whose callback names a touch that the ledger does not hold as one that was being sent. */
async function withoutReservation(stage: Stage): Promise<number> {
  const touchIds = stage.ledger.texts.map(({ statusCallbackUrl }) =>
    new URL(statusCallbackUrl!).searchParams.get('touchId'),
  );
  const [row] = await stage.asOwner<{ n: number }>(
    `select count(*)::int as n from unnest($1::uuid[]) as t (id)
     where not exists (select from sms_messages m where m.id = t.id and m.requests > 0 and m.state <> 'reserved')`,
    [touchIds],
  );
  return row!.n;
}

/** Looks at every connection of the API's pool as the next request would find it. */
async function uncleanConnections({ apiDatabase }: Stage): Promise<number> {
  const clients = await Promise.all(Array.from({ length: apiPoolSize }, () => apiDatabase.pool.connect()));
  try {
    const found = await Promise.all(
      clients.map(async (client) => {
        const { rows } = await client.query<{ organization: string | null; role: string }>(
          `select nullif(current_setting('app.organization_id', true), '') as organization, current_user as role`,
        );
        return rows[0]!;
      }),
    );
    return found.filter(({ organization, role }) => organization !== null || role !== 'leadway_app').length;
  } finally {
    for (const client of clients) client.release();
  }
}

function sum(verdicts: Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const verdict of verdicts)
    for (const [name, each] of Object.entries(verdict)) total[name] = (total[name] ?? 0) + each;
  return total;
}
