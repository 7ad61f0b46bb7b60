import { setTimeout as sleep } from 'node:timers/promises';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { between, draw } from '#simulator/draw.ts';
import type { Attack } from '../attack.ts';
import { inOwnPlace } from '../place.ts';
import { served } from '../stage/carrier-front.ts';
import type { Conduct, TouchRequest } from '../stage/carrier-front.ts';
import { markNames } from '../stage/marks.ts';
import type { Mark } from '../stage/marks.ts';
import { gatherCrowd } from '../stage/people.ts';
import { setStage } from '../stage/stage.ts';
import { allEnded, countActive, describeVerdict, failuresOf, judge } from '../stage/verdict.ts';
import type { AttackedWorker } from '../stage/workers.ts';

const journey: JourneyDefinition = {
  start: 'text',
  steps: [
    { id: 'text', kind: 'sms', body: 'Hello {{first_name|there}}', next: 'call' },
    { id: 'call', kind: 'call', say: 'Hello', maxAttempts: 1, next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

const sizes = {
  small: { rounds: 5, crew: 5, underWay: 20 },
  large: { rounds: 200, crew: 4, underWay: 40 },
};

/**
 * Few, so that a kill interrupts a handful of touches: each of them waits for its heartbeat to be missed, and longer at
 * every further time.
 */
const workerConcurrency = 5;

/** A worker that has not come to its mark by then is of no use: its touches went to others. */
const roundLimitMs = 60_000;
const endLimitMs = 180_000;

/**
 * Kills workers with kill -9, each at one of five moments of a touch, while others carry on; whatever else the worker
 * had in hand dies with it wherever it was. One that nobody kills works beside them and finishes what is left.
 */
export const workerKill: Attack = {
  name: 'worker-kill',
  run: ({ scale, seed, say }) =>
    inOwnPlace(async (place) => {
      const { rounds, crew, underWay } = sizes[scale];
      const onTheWire = watchWire(seed);
      const stage = await setStage(place, {
        seed,
        persona: 'ignores',
        meet: onTheWire.meet,
        workerConcurrency,
      });
      const crowd = await gatherCrowd(stage, journey);
      const kills: Record<string, number> = Object.fromEntries(markNames.map((name) => [name, 0]));
      let killed = 0;
      let next = 0;

      let attacking = true;
      const feeding = feed();
      const survivor = stage.workers.start();
      await Promise.all(Array.from({ length: crew }, attackOneAfterTheOther)).finally(
        () => (attacking = false),
      );
      await feeding;
      const { name: last } = await survivor;
      say(`${killed} workers killed; ${last} finishes what is left`);
      await allEnded(stage, crowd.organizationId, endLimitMs);
      const verdict = { ...(await judge(stage, crowd.organizationId)), missedRounds: rounds - killed };
      const { texts, calls } = stage.ledger;
      const at = Object.entries(kills).map(([name, times]) => `${name} ${times}`);
      return {
        trials: killed,
        failures: failuresOf(verdict),
        note: `${texts.length} texts and ${calls.length} calls; killed ${at.join(', ')}; ${describeVerdict(verdict)}`,
      };

      async function attackOneAfterTheOther(): Promise<void> {
        while (next < rounds) {
          const round = next;
          next += 1;
          const at = markNames[round % markNames.length]!;
          const mark = { at, nr: between(draw(seed, 'mark', round), 1, 4) };
          const worker = await stage.workers.start(mark);
          onTheWire.arm(worker, mark);
          const end = await Promise.race([worker.gone, sleep(roundLimitMs, null, { ref: false })]);
          if (end === null) {
            await worker.kill();
            say(`round ${round}: nothing came to ${at}`);
          } else if (end.killed) {
            kills[at]! += 1;
            killed += 1;
            if (killed % 20 === 0) say(`${killed} of ${rounds} killed`);
          }
        }
      }

      /** Always has so many journeys under way that every worker gets its share. */
      async function feed(): Promise<void> {
        for (; attacking; await sleep(200)) {
          const missing = underWay - (await countActive(stage, crowd.organizationId));
          if (missing > 0) await crowd.start(Math.min(missing, 20));
        }
      }
    }),
};

/** Kills from the carrier's side: with the request there and not yet taken, or taken and not yet answered. */
function watchWire(seed: number) {
  const armed = new Map<string, { worker: AttackedWorker; mark: Mark; left: number }>();
  let met = 0;
  return {
    arm(worker: AttackedWorker, mark: Mark) {
      armed.set(worker.name, { worker, mark, left: mark.nr });
    },
    async meet({ worker: name }: TouchRequest): Promise<Conduct> {
      const victim = armed.get(name);
      if (!victim) return served;
      victim.left -= 1;
      if (victim.left !== 0) return served;
      const { worker, mark } = victim;
      met += 1;
      switch (mark.at) {
        case 'on-the-wire':
          await worker.kill();
          // The carrier may have read it by then, or may not.
          return { reaches: draw(seed, 'reaches', met) < 0.5, answer: 'reset' };
        case 'accepted-without-response':
          return { reaches: true, answer: 'reset', meanwhile: () => worker.kill() };
        default:
          return served;
      }
    },
  };
}
