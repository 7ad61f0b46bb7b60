import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inParallel } from '#activities/in-parallel.ts';
import { draw } from '#simulator/draw.ts';
import type { Attack } from '../attack.ts';
import { inOwnPlace } from '../place.ts';
import type { Place } from '../place.ts';
import { gatherCrowd } from '../stage/people.ts';
import type { Crowd } from '../stage/people.ts';
import { setStage } from '../stage/stage.ts';
import type { Stage } from '../stage/stage.ts';
import { countEnrolled, journeyWorkflows, untilNoneIs } from './launches/judge.ts';
import { waiting } from './launches/definitions.ts';
import { onePhoneInManyCampaigns } from './launches/one-phone.ts';

const sizes = {
  small: { leads: 100, launches: 50, phones: 4, waitMs: 60_000 },
  large: { leads: 5_000, launches: 50, phones: 60, waitMs: 15 * 60_000 },
};
/** How often a client that heard nothing says the same again. */
const copies = 3;

/**
 * Everybody launches the same cohort at once, says it again under the same key and under others, and once more after
 * Temporal has forgotten everything. Then the same phones stand in many campaigns, each of them twice.
 */
export const concurrentLaunches: Attack = {
  name: 'concurrent-launches',
  run: ({ scale, seed, say }) => inOwnPlace((place) => attack(place, sizes[scale], seed, say)),
};

async function attack(
  place: Place,
  size: (typeof sizes)['small'],
  seed: number,
  say: (line: string) => void,
): ReturnType<Attack['run']> {
  const stage = await setStage(place, { seed, persona: 'ignores' });
  await stage.workers.start();
  const failures: Record<string, number> = {};
  const fail = (what: string, times = 1) => {
    if (times > 0) failures[what] = (failures[what] ?? 0) + times;
  };
  let requests = 0;
  let purged = false;

  const crowd = await gatherCrowd(stage, waiting);
  const leads = await crowd.addLeads(size.leads);
  const keys = Array.from({ length: size.launches }, () => randomUUID());
  await launchAll(keys);
  say(`${size.launches} launches of ${size.leads} leads are taken, each asked for ${copies} times`);
  await judge();
  // Somebody asks once more when all is done, and somebody who lost the key asks anew.
  await launchAll([...keys.slice(0, 5), randomUUID()]);
  await judge();

  say('Temporal loses its history');
  await purge(place, stage);
  purged = true;
  await launchAll([...keys.slice(0, 5), ...Array.from({ length: 5 }, () => randomUUID())]);
  await judge();
  const phones = await onePhoneInManyCampaigns(stage, size);
  say(`${phones.journeys} journeys of ${size.phones} phones: ${phones.texts} texts`);
  for (const [what, times] of Object.entries(phones.failures)) fail(what, times);

  const found = Object.entries(failures).map(([what, times]) => `${times} ${what}`);
  return {
    trials: requests + phones.journeys,
    failures: Object.values(failures).reduce((sum, times) => sum + times, 0),
    note:
      found.join(', ') ||
      `${size.launches} launches of one cohort in ${requests} requests: exactly ${size.leads} journeys, also after Temporal lost its history; ` +
        `${size.phones} phones, two leads each, in 5 campaigns: at most one text each in 24 h`,
  };

  /** All at once; every key several times, a moment apart, and always the same answer under the same key. */
  async function launchAll(wanted: string[]): Promise<void> {
    const answers = new Map<string, Set<string>>();
    const asked = wanted
      .flatMap((key) => Array.from({ length: copies }, (_, copy) => ({ key, at: draw(seed, key, copy) })))
      .toSorted((a, b) => a.at - b.at);
    await inParallel(asked, size.launches, async ({ key }) => {
      const id = await launch(crowd, leads, key);
      answers.set(key, (answers.get(key) ?? new Set()).add(id));
    });
    requests += asked.length;
    fail(
      'keys answered with different launches',
      [...answers.values()].filter(({ size: n }) => n > 1).length,
    );
    fail(
      'launches that are not over',
      await untilNoneIs(stage, 'starting', crowd.organizationId, size.waitMs),
    );
  }

  async function judge(): Promise<void> {
    const { journeys, people, twice, neither } = await countEnrolled(stage, crowd.organizationId);
    fail('journeys too many or too few', Math.abs(journeys - size.leads));
    fail('leads without or with two journeys', Math.abs(people - size.leads));
    fail('members started twice', twice);
    fail('members neither started nor refused as enrolled already', neither);
    const { ids, running } = await journeyWorkflows(stage, size.leads);
    fail('leads with two workflows at a time', running - new Set(ids).size);
    fail('workflows started again after they were over', ids.length - new Set(ids).size);
    // What was purged is gone; everything else has to be there.
    if (!purged && new Set(ids).size !== size.leads) fail('leads without a workflow');
  }
}

async function launch(crowd: Crowd, leads: { leadId: string }[], key: string): Promise<string> {
  const json = { campaignId: crowd.campaignId, cohort: { leadIds: leads.map(({ leadId }) => leadId) } };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const response = await crowd
      .request('/v1/launches', { method: 'POST', json, headers: { 'idempotency-key': key } })
      .catch(() => null);
    if (response?.ok) return ((await response.json()) as { id: string }).id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('A launch was not taken');
}

/** The server comes back on new files: it has never heard of any workflow, and our tables have. */
async function purge(place: Place, { temporal }: Stage): Promise<void> {
  await temporal.kill();
  for (const end of ['', '-wal', '-shm']) await rm(join(place.folder, `temporal.db${end}`), { force: true });
  await temporal.restart();
}
