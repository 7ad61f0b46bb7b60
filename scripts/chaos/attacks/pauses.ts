import { setTimeout as sleep } from 'node:timers/promises';
import { dayMs, hourMs } from '#domain/duration.ts';
import type { Attack } from '../attack.ts';
import { inOwnPlace } from '../place.ts';
import type { Place } from '../place.ts';
import { textIds } from './pauses/journey.ts';
import { judge } from './pauses/judge.ts';
import type { Stretch } from './pauses/judge.ts';
import { planPauses } from './pauses/plan.ts';
import type { Plan } from './pauses/plan.ts';
import { createWorld } from './pauses/world.ts';
import type { Group, World } from './pauses/world.ts';

const sizes = { small: { groups: 9, leads: 2 }, large: { groups: 90, leads: 20 } };
/** So many groups live at the same time; each has its own pauses. */
const atATime = 18;
const longestLifeMs = 9 * dayMs;

/**
 * Cohorts are paused and resumed at random moments, by campaign, launch and organisation, with each policy, beside one
 * that nobody pauses. Sends are counted in the carrier's ledger.
 */
export const pauses: Attack = {
  name: 'pauses',
  run: ({ scale, seed, say }) => inOwnPlace((place) => attack(place, sizes[scale], seed, say)),
};

async function attack(
  place: Place,
  size: { groups: number; leads: number },
  seed: number,
  say: (line: string) => void,
): ReturnType<Attack['run']> {
  const world = await createWorld(place);
  const counts: Record<string, number> = {};
  const total = { texts: 0, expired: 0, pauses: 0, journeys: 0 };
  for (let first = 0; first < size.groups; first += atATime) {
    const plans: (Plan | null)[] = [null];
    for (let nr = first; nr < Math.min(first + atATime, size.groups); nr += 1)
      plans.push(planPauses(seed, nr));
    const lives = await live(world, plans, size.leads);
    for (const [index, { group, stretches }] of lives.entries()) {
      const seen = await judgeGroup(world, group, plans[index] ?? null, stretches);
      for (const what of seen.broken) counts[what] = (counts[what] ?? 0) + 1;
      if (seen.broken.length > 0)
        say(
          `group ${first + index - 1} (${plans[index]?.kind}, ${plans[index]?.policy}): ${[...new Set(seen.broken)].join(', ')}`,
        );
      total.texts += seen.texts;
      total.expired += seen.expired;
      total.pauses += stretches.length;
      total.journeys += group.leads.length;
    }
    say(
      `${Math.min(first + atATime, size.groups)} groups of ${size.groups} lived through ${total.pauses} pauses`,
    );
  }
  const found = Object.entries(counts).map(([what, times]) => `${times} ${what}`);
  return {
    trials: total.texts + total.expired,
    failures: Object.values(counts).reduce((sum, times) => sum + times, 0),
    note:
      found.join(', ') ||
      `${total.journeys} journeys of ${textIds.length} texts through ${total.pauses} pauses of campaign, launch or organisation: ` +
        `each text once as without a pause, ${total.expired} left out where the policy says so, no wait cut short or drawn out, nobody removed`,
  };
}

type Life = { group: Group; stretches: Stretch[] };

/** Launches every group at the same instant and lets their lives run, with the pauses that are planned for each. */
async function live(world: World, plans: (Plan | null)[], leads: number): Promise<Life[]> {
  const { server, clock } = world;
  const lives: Life[] = [];
  for (const _ of plans) lives.push({ group: await world.gather(leads), stretches: [] });
  const beganMs = (await clock.now()).getTime();
  for (const { group } of lives) await group.launch();
  const changes = plans
    .flatMap((plan, nr) =>
      (plan?.pauses ?? []).flatMap(({ fromMs, untilMs }, place) => [
        { nr, plan: plan!, what: 'pause' as const, atMs: fromMs, place },
        { nr, plan: plan!, what: 'resume' as const, atMs: untilMs, place },
      ]),
    )
    .toSorted((a, b) => a.atMs - b.atMs || a.place - b.place);
  for (const { nr, plan, what, atMs } of changes) {
    const nowMs = (await clock.now()).getTime() - beganMs;
    if (atMs > nowMs) await server.skip(atMs - nowMs);
    // Nobody waits for the journeys to come to rest: some of them are at their touch just now.
    const { group, stretches } = lives[nr]!;
    await group.change(plan.kind, what, plan.policy);
    const at = (await clock.now()).getTime();
    if (what === 'pause') stretches.push({ fromMs: at, untilMs: Infinity });
    else stretches.at(-1)!.untilMs = at;
  }
  while ((await unfinished(world, lives)) > 0) {
    if ((await clock.now()).getTime() - beganMs > longestLifeMs) break;
    await server.skip(hourMs);
    await sleep(20);
  }
  return lives;
}

async function unfinished({ asOwner }: World, lives: Life[]): Promise<number> {
  const organizations = lives.map(({ group }) => group.organizationId);
  const [row] = await asOwner<{ n: number }>(
    `select count(*)::int as n from launch_members m left join journeys j on j.id = m.journey_id
     where m.organization_id = any($1) and (j.id is null or j.ended_at is null)`,
    [organizations],
  );
  return row!.n;
}

async function judgeGroup(
  { asOwner, simulator }: World,
  group: Group,
  plan: Plan | null,
  stretches: Stretch[],
) {
  const rows = await asOwner<{ phone: string; status: string; offsetMs: number; expired: string[] }>(
    `select l.phone, j.status,
       extract(epoch from (now() at time zone l.time_zones[1]) - (now() at time zone 'UTC')) * 1000 as "offsetMs",
       array(select split_part(m.touch_key, ':', 1) from sms_messages m
         where m.journey_id = j.id and m.refusal_code = 'EXPIRED') as expired
     from leads l left join journeys j on j.lead_id = l.id where l.organization_id = $1`,
    [group.organizationId],
  );
  const broken: string[] = [];
  const seen = { texts: 0, expired: 0 };
  for (const { phone, status, offsetMs, expired } of rows) {
    const sent = simulator.ledger.texts
      .filter(({ to }) => to === phone)
      .map(({ body, createdAt }) => ({ text: body, atMs: createdAt.getTime() }));
    const policy = plan?.policy ?? 'keep';
    broken.push(
      ...judge({
        policy,
        pauses: stretches,
        sent,
        expired,
        status: status ?? 'never started',
        offsetMs: Number(offsetMs),
      }),
    );
    seen.texts += sent.length;
    seen.expired += expired.length;
  }
  return { ...seen, broken };
}
