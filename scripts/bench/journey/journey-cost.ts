import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { sampleJourney } from '#domain/journey/sample-journey.ts';
import { perTouch, round, withinLimit } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { Suite } from '../suite.ts';
import { hurried, textsAndWaits } from './definitions.ts';
import { sizeOfHistory } from './history.ts';
import { startJourneyRig } from './rig.ts';
import type { JourneyRig, JourneyWorkflow } from './rig.ts';

const names = ['historyEventsPerTouch', 'historyBytesPerTouch', 'sqlRoundTripsPerTouch'] as const;

/** Two lengths of one shape: their difference is what more touches cost, free of what every journey costs. */
const [shortTexts, longTexts] = [2, 10];

type Cost = { touches: number; events: number; bytes: number; trips: number; statements: number };
type CostName = Exclude<keyof Cost, 'touches'>;

/** What a touch costs in history and in round trips to the database. The counts are the same in every run. */
export const journeySuite: Suite = {
  names,
  async run(home, wanted, say) {
    const rig = await startJourneyRig(home);
    const texts = (workflow: JourneyWorkflow) => async (count: number) => {
      const cost = await costOf(rig, workflow, textsAndWaits(count));
      say(
        `${workflow}, ${count} texts: ${cost.events} events, ${cost.bytes} bytes, ${cost.trips} round trips`,
      );
      return cost;
    };
    const [own, plain] = [texts('leadJourney'), texts('plainJourney')];
    // The first journey opens the connections.
    await own(1);
    const [ownShort, ownLong] = [await own(shortTexts), await own(longTexts)];
    const [plainShort, plainLong] = [await plain(shortTexts), await plain(longTexts)];
    const sample = await costOf(rig, 'leadJourney', sampleJourney);
    const ownEach = (name: CostName) => each(name, ownShort, ownLong);
    const plainEach = (name: CostName) => each(name, plainShort, plainLong);
    const whole = (name: CostName) =>
      `A whole journey of ${ownLong.touches} texts, its beginning and end included, has ${mean(ownLong, name)} a touch; ` +
      `the sample journey of a lead who never answers (${sample.touches} texts and calls) ${mean(sample, name)}`;

    const figures: Record<(typeof names)[number], Figure> = {
      historyEventsPerTouch: withinLimit(
        {
          value: ownEach('events'),
          unit: 'events/touch',
          peer: 'the same touch with an ordinary activity each for gate, reservation, sending, record and projection',
          peerValue: plainEach('events'),
          better: 'less',
          note: `what one more text and the wait behind it add to the history. ${whole('events')}`,
        },
        12,
      ),
      historyBytesPerTouch: withinLimit(
        {
          value: ownEach('bytes'),
          unit: 'bytes/touch',
          peer: 'the same touch with an ordinary activity each for gate, reservation, sending, record and projection',
          peerValue: plainEach('bytes'),
          better: 'less',
          note: `the same, in Temporal's encoding. ${whole('bytes')}`,
        },
        2_048,
      ),
      sqlRoundTripsPerTouch: withinLimit(
        {
          value: ownEach('trips'),
          unit: 'round trips/touch',
          peer: 'the same statements, each waiting for the reply to the one before',
          peerValue: ownEach('statements'),
          better: 'less',
          note: `from the gate to the projection of the wait behind the text. ${whole('trips')}`,
        },
        8,
      ),
    };
    return Object.fromEntries(Object.entries(figures).filter(([name]) => wanted.includes(name)));
  },
};

async function costOf(
  rig: JourneyRig,
  workflow: JourneyWorkflow,
  definition: JourneyDefinition,
): Promise<Cost> {
  const [sqlBefore, touchesBefore] = [rig.roundTrips(), rig.touches()];
  const handle = await rig.walk(workflow, hurried(definition));
  const sqlAfter = rig.roundTrips();
  return {
    ...(await sizeOfHistory(handle)),
    touches: rig.touches() - touchesBefore,
    trips: sqlAfter.trips - sqlBefore.trips,
    statements: sqlAfter.statements - sqlBefore.statements,
  };
}

function each(name: CostName, short: Cost, long: Cost): number {
  return perTouch({ touches: short.touches, cost: short[name] }, { touches: long.touches, cost: long[name] });
}

const mean = (cost: Cost, name: CostName) => round(cost[name] / cost.touches);
