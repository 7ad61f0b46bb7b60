import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { choose, draw } from '#simulator/draw.ts';
import type { Attack } from '../attack.ts';
import { inOwnPlace } from '../place.ts';
import { served } from '../stage/carrier-front.ts';
import type { Conduct, TouchRequest } from '../stage/carrier-front.ts';
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

/** Every `burstEvery` requests, the carrier takes none of the next `burstOf`. */
const sizes = {
  small: { sends: 150, launches: 2, burstEvery: 60, burstOf: 10, carrierTimeoutMs: 1_000, settleMs: 2_000 },
  large: {
    sends: 5_000,
    launches: 5,
    burstEvery: 500,
    burstOf: 60,
    carrierTimeoutMs: 2_000,
    settleMs: 5_000,
  },
};

const faultRate = 0.2;
const lostCallbacks = { names: ['lost_callback'], rate: 0.05 } as const;
const endLimitMs = 15 * 60_000;

/** A carrier whose every fifth answer cannot be trusted, and which is too busy now and then. */
export const carrierFaults: Attack = {
  name: 'carrier-faults',
  run: ({ scale, seed, say }) =>
    inOwnPlace(async (place) => {
      const { sends, launches, burstEvery, burstOf, ...waits } = sizes[scale];
      const moods = drawMoods(seed, { burstEvery, burstOf });
      const stage = await setStage(place, {
        seed,
        persona: 'ignores',
        callbackFaults: lostCallbacks,
        meet: moods.meet,
        ...waits,
      });
      const [crowd] = await Promise.all([gatherCrowd(stage, journey), stage.workers.start()]);
      const leads = await crowd.addLeads(sends);
      const size = Math.ceil(sends / launches);
      for (let from = 0; from < sends; from += size)
        await launchUntilTaken(crowd, leads.slice(from, from + size));
      say(`${sends} leads launched`);
      await allStarted(stage, crowd.organizationId, sends);
      await allEnded(stage, crowd.organizationId, endLimitMs);
      await stage.inbox.drain();
      const verdict = {
        ...(await judge(stage, crowd.organizationId)),
        notSent: sends - new Set(stage.ledger.texts.map(({ to }) => to)).size,
      };
      const lost = stage.ledger.callbacks.filter(({ result }) => result === 'lost').length;
      return {
        trials: sends,
        failures: failuresOf(verdict),
        note: `${moods.describe()}, ${lost} callbacks lost; ${await parked(stage)}; ${describeVerdict(verdict)}`,
      };
    }),
};

async function allStarted(stage: Stage, organizationId: string, sends: number): Promise<void> {
  for (const deadline = Date.now() + endLimitMs; Date.now() < deadline;) {
    const [row] = await stage.asOwner<{ n: number }>(
      'select count(*)::int as n from journeys where organization_id = $1',
      [organizationId],
    );
    if (row!.n >= sends) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** How many journeys were parked, by what the gate called it. */
async function parked(stage: Stage): Promise<string> {
  const rows = await stage.asOwner<{ code: string; n: number }>(
    `select data ->> 'code' as code, count(distinct journey_id)::int as n from journey_events
     where data ->> 'code' in ('CARRIER_DOWN', 'RATE_LIMITED') group by 1 order by 1`,
  );
  return `parked ${rows.map(({ code, n }) => `${n} ${code}`).join(', ') || 'nobody'}`;
}

/** How the carrier treats each request: by the seed, the phone and how often it was asked for that phone. */
function drawMoods(seed: number, { burstEvery, burstOf }: { burstEvery: number; burstOf: number }) {
  const tries = new Map<string, number>();
  const counts: Record<string, number> = {};
  let requests = 0;
  const note = (what: string, conduct: Conduct) => {
    counts[what] = (counts[what] ?? 0) + 1;
    return conduct;
  };
  return {
    meet({ to }: TouchRequest): Conduct {
      const nr = (tries.get(to) ?? 0) + 1;
      tries.set(to, nr);
      requests += 1;
      if (requests > burstEvery && requests % burstEvery < burstOf)
        return note('429', { reaches: false, answer: 'rate-limit-429' });
      if (draw(seed, 'mood', to, nr) >= faultRate) return served;
      const [what, conduct] = choose(draw(seed, 'which', to, nr), faults);
      return note(what, conduct);
    },
    describe: () =>
      Object.entries(counts)
        .map(([what, times]) => `${times} ${what}`)
        .join(', '),
  };
}

const faults: readonly (readonly [readonly [string, Conduct], number])[] = [
  [['500 after acceptance', { reaches: true, answer: 'http-500' }], 1],
  [['500', { reaches: false, answer: 'http-500' }], 1],
  [['resets after acceptance', { reaches: true, answer: 'reset' }], 1],
  [['resets', { reaches: false, answer: 'reset' }], 1],
  [['time-outs after acceptance', { reaches: true, answer: 'silence' }], 1],
];
