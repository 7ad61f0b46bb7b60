import type { Attack } from '../attack.ts';
import { inOwnPlace } from '../place.ts';
import type { Place } from '../place.ts';
import { createAsking } from './canaries/asking.ts';
import { act, callBack, knock, launchEverybody, plant, withoutDatabase } from './canaries/flows.ts';
import { everythingTemporalKeeps } from './canaries/histories.ts';
import { createNest } from './canaries/plant.ts';
import { createSearch } from './canaries/search.ts';
import type { Sighting } from './canaries/search.ts';
import { setCanaryStage } from './canaries/stage.ts';
import type { CanaryStage } from './canaries/stage.ts';

const rounds = { small: 1, large: 5 };

/**
 * Canaries in every field, body, note, key and secret; then everything that succeeds and everything that fails; then a
 * search through what the processes said, answered to others, measured, and left in Temporal.
 */
export const canaries: Attack = {
  name: 'canaries',
  async run({ scale, seed, say }) {
    let trials = 0;
    const sightings: Sighting[] = [];
    for (let round = 0; round < rounds[scale]; round += 1) {
      const found = await inOwnPlace((place) => search(place, seed + round, say));
      trials += found.trials;
      sightings.push(...found.sightings);
    }
    const places = [...new Set(sightings.map(({ canary, where }) => `${canary} in ${where}`))];
    return {
      trials,
      failures: places.length,
      note:
        places.join(', ') ||
        'no token, phone or word in logs, errors to others, histories, search attributes, ids or metrics',
    };
  },
};

async function search(
  place: Place,
  seed: number,
  say: (line: string) => void,
): Promise<{ trials: number; sightings: Sighting[] }> {
  const nest = createNest(seed);
  const stage = await setCanaryStage(place, nest);
  const asking = createAsking(stage);
  const planted = await plant(asking, nest, stage);
  const treatments = ['refused', 'broken', 'limited', 'silent'] as const;
  treatments.forEach((treatment, nr) => stage.treatments.set(planted.leads[nr]!.phone, treatment));
  await knock(asking, nest, stage, planted);
  await launchEverybody(asking, stage, planted);
  await callBack(asking, nest, stage, planted);
  await act(asking, nest, stage);
  await withoutDatabase(asking, nest, stage, planted);
  const texts = await look(stage);
  const find = createSearch(nest.canaries);
  const sightings = texts.flatMap(({ where, text }) => find(where, text));
  for (const { what, toOwner, text } of asking.complaints) {
    sightings.push(...find(`the error of ${what}`, text, toOwner ? ['phone'] : []));
  }
  for (const { canary, where, excerpt } of sightings) say(`${canary} in ${where}: …${excerpt}…`);
  const searched = texts.length + asking.complaints.length;
  say(
    `${nest.canaries.length} canaries, ${searched} texts searched, ${asking.complaints.length} of them errors`,
  );
  return { trials: nest.canaries.length * searched, sightings };
}

/** Everything that is open to somebody who operates the product, or who gets hold of a log or a backup of Temporal. */
async function look(stage: CanaryStage): Promise<{ where: string; text: string }[]> {
  const logs = [...(await stage.logs())].map(([name, text]) => ({ where: name, text }));
  for (const name of ['api', 'worker', 'postgres']) {
    if (!logs.some(({ where, text }) => where === `${name}.log` && text.length > 0))
      throw new Error(`${name} has said nothing: there is nothing to be searched`);
  }
  const metrics = await Promise.all(
    [stage.url, stage.workerUrl].map(async (url) => ({
      where: 'metrics',
      text: await (await fetch(`${url}/metrics`)).text(),
    })),
  );
  const kept = await everythingTemporalKeeps(stage.temporal);
  return [...logs, ...metrics, ...kept.map(({ text }) => ({ where: 'a workflow’s history', text }))];
}
