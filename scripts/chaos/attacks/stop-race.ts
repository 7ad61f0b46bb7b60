import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { inParallel } from '#activities/in-parallel.ts';
import { sendText } from '#activities/send-text.ts';
import { processDelivery } from '#api/inbox/process.ts';
import { createRecordingTemporal } from '#api/testing/recording-temporal.ts';
import { createWorkflows } from '#api/workflows.ts';
import { storeInboundDelivery } from '#db/queries/webhook-inbox.ts';
import { classifyKeyword } from '#domain/compliance/opt-out.ts';
import { classifyReply } from '#domain/compliance/reply-intent.ts';
import type { TouchOutcome } from '#domain/journey/state.ts';
import type { MessagingProvider } from '#providers/messaging.ts';
import { activityDependencies, nowhere } from '#scripts/bench/dependencies.ts';
import { draw } from '#simulator/draw.ts';
import type { Attack } from '../attack.ts';
import { inOwnPlace } from '../place.ts';
import type { Place } from '../place.ts';
import { startOwnDatabase } from './own-database.ts';
import { mintPeople } from './stops/people.ts';
import type { Person } from './stops/people.ts';
import { spellingOf } from './stops/spellings.ts';
import { judgeReservations, watchReservations } from './stops/watch.ts';

const sizes = {
  small: { people: 300, spellings: 2_000 },
  large: { people: 10_000, spellings: 50_000 },
};
const organizations = 24;
/** Lanes in the race at the same moment; each needs a connection for the text and one for the STOP. */
const atOnce = 32;
const jitterMs = 200;

/**
 * STOP at the very moment the text is due: the inbox takes in the one while the touch's gate reserves the other, on
 * connections of their own, many lanes at once. Judged by the database itself, at the commit of every reservation. And
 * every spelling of a keyword is a STOP.
 */
export const stopRace: Attack = {
  name: 'stop-race',
  run: ({ scale, seed, say }) => inOwnPlace((place) => race(place, sizes[scale], seed, say)),
};

async function race(
  place: Place,
  size: (typeof sizes)['small'],
  seed: number,
  say: (line: string) => void,
): ReturnType<Attack['run']> {
  const own = await startOwnDatabase(place, { poolSize: 2 * atOnce + 4 });
  await watchReservations(own);
  const people = await mintPeople(own, size.people, organizations);
  const temporal = createRecordingTemporal();
  const workflows = createWorkflows({ temporal: temporal.client, taskQueue: 'none' });
  const send = sendText({
    ...activityDependencies({
      database: own.database,
      temporal: temporal.client,
      taskQueue: 'none',
      carrierUrl: nowhere,
    }),
    messaging: willingCarrier(),
  });
  const logger = new DefaultLogger('ERROR');
  const outcomes: Record<string, number> = {};
  let met = 0;
  // A STOP takes longer to its commit than a text to its reservation: it begins by so much earlier, as learned.
  let leadMs = 0;
  let done = 0;

  say(`${people.length} people, ${atOnce} at once`);
  await inParallel(
    people.map((person, nr) => ({ person, nr })),
    atOnce,
    async ({ person, nr }) => {
      const stopAheadMs = leadMs + aheadOf(seed, nr);
      const [text, stop] = await Promise.all([
        timed(Math.max(0, stopAheadMs), () => textTo(person)),
        timed(Math.max(0, -stopAheadMs), () => stopFrom(person, spellingOf(seed, nr))),
      ]);
      const outcome = text.value;
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      leadMs += outcome === 'done' ? 2 : -2;
      if (text.beganAt < stop.endedAt && stop.beganAt < text.endedAt) met += 1;
      done += 1;
      if (done % 2_000 === 0) say(`${done} of ${people.length}`);
    },
  );

  const { before, late, stops } = await judgeReservations(own);
  const unheard = people.length - stops;
  const refused = outcomes['refused OPTED_OUT'] ?? 0;
  const sent = outcomes.done ?? 0;
  const astray = people.length - refused - sent;
  const missed = missedSpellings(seed, size.spellings);
  // A race that one side always wins has proven nothing.
  const oneSided = Math.min(sent, refused) < people.length / 20 ? 1 : 0;
  const note =
    `${late} reservations after the STOP's commit; ${before} texts were reserved before it, ${refused} refused after it, ` +
    `${met} ran side by side; ${missed} of ${size.spellings} spellings missed` +
    [
      unheard > 0 ? `; ${unheard} STOPs on record more or less than once` : '',
      astray > 0 ? `; other outcomes: ${JSON.stringify(outcomes)}` : '',
      oneSided > 0 ? '; one side nearly always won' : '',
    ].join('');
  return { trials: people.length, failures: late + Math.abs(unheard) + astray + missed + oneSided, note };

  async function textTo({ organizationId, journeyId }: Person): Promise<string> {
    const request = { organizationId, journeyId, stepId: 'text', touchKey: 'text:1' };
    for (;;) {
      const result: TouchOutcome = await new MockActivityEnvironment({}, { logger }).run(send, request);
      // On a busy machine it may have to wait for its place among the others, and asks again, as a journey does.
      if (result.outcome === 'deferred' && result.code === 'RATE_LIMITED') await sleep(50);
      else return 'code' in result ? `${result.outcome} ${result.code}` : result.outcome;
    }
  }

  /** As the webhook does it, and as the inbox works on it. */
  async function stopFrom({ phone, ourNumber }: Person, body: string): Promise<void> {
    const sid = `SM${randomUUID().replaceAll('-', '')}`;
    const payload = { MessageSid: sid, From: phone, To: ourNumber, Body: body };
    const { organizationId, id } = await storeInboundDelivery(own.database, {
      ourNumber,
      dedupeKey: sid,
      payload,
    });
    await processDelivery({ database: own.database, workflows }, organizationId!, id!);
  }
}

/**
 * By how much the STOP comes before the text, in milliseconds; negative = after it. Half of them anywhere within the
 * jitter, half so close that they meet in the gate.
 */
function aheadOf(seed: number, nr: number): number {
  const width = nr % 2 === 0 ? jitterMs : jitterMs / 10;
  return (draw(seed, 'ahead', nr) * 2 - 1) * width;
}

async function timed<T>(delayMs: number, work: () => Promise<T>) {
  if (delayMs > 0) await sleep(delayMs);
  const beganAt = performance.now();
  const value = await work();
  return { value, beganAt, endedAt: performance.now() };
}

/** Accepts every text at once. */
function willingCarrier(): MessagingProvider {
  return {
    async sendText({ to, from, body }) {
      const record = { sid: `SM${randomUUID().replaceAll('-', '')}`, to, from, body, errorCode: null };
      const sent = { direction: 'outbound', status: 'queued', segments: 1, priceCents: null } as const;
      return { outcome: 'accepted', message: { ...record, ...sent, createdAt: new Date() } };
    },
    fetchText: async () => null,
    listTexts: async () => [],
  };
}

function missedSpellings(seed: number, count: number): number {
  let missed = 0;
  for (let nr = 0; nr < count; nr += 1) {
    const text = spellingOf(seed, nr);
    if (classifyKeyword(text) !== 'stop' || classifyReply(text) !== 'stop') missed += 1;
  }
  return missed;
}
