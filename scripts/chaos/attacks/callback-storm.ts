import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from '#activities/in-parallel.ts';
import { createRecordingTemporal } from '#api/testing/recording-temporal.ts';
import { createTestApi } from '#api/testing/test-api.ts';
import { hourMs } from '#domain/duration.ts';
import { draw } from '#simulator/draw.ts';
import type { Attack } from '../attack.ts';
import { inOwnPlace } from '../place.ts';
import type { Place } from '../place.ts';
import { startOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';
import { deliver, forgeries, misdirected, sign } from './storm/deliveries.ts';
import type { Delivery } from './storm/deliveries.ts';
import { inboxRows, newsOf, rankOf, regressions, statusesSeen, watchStatuses } from './storm/judge.ts';
import { callbacksOf, expectation, inboundForm, replyOf, signer } from './storm/script.ts';
import { mintTouches } from './storm/touches.ts';
import type { Touch } from './storm/touches.ts';

const sizes = {
  small: { texts: 24, calls: 24, replies: 8, orderly: 8 },
  large: { texts: 2_400, calls: 1_200, replies: 600, orderly: 240 },
};
const copies = 5;
const atOnce = 24;
const triesOfCarrier = 20;
/**
 * The carrier's callbacks as they should never come: five-fold, in every order, at once, forged, at the wrong URL, mixed
 * up between organisations, while Temporal is away, and all over again a day later. Judged by what the database itself
 * notes of every change, by the rows of the inbox, and by what Temporal was told.
 */
export const callbackStorm: Attack = {
  name: 'callback-storm',
  run: ({ scale, seed, say }) => inOwnPlace((place) => storm(place, sizes[scale], seed, say)),
};

async function storm(
  place: Place,
  size: (typeof sizes)['small'],
  seed: number,
  say: (line: string) => void,
): ReturnType<Attack['run']> {
  let aheadMs = 0;
  const clock = { now: async () => new Date(Date.now() + aheadMs) };
  const own = await startOwnDatabase(place, { clock });
  const temporal = createRecordingTemporal();
  const api = await place.begin(
    async () => createTestApi({ database: own.database, temporal: temporal.client }),
    (begun) => begun.stop(),
  );
  await watchStatuses(own);
  const ours = await mintTouches(own, size);
  const theirs = await mintTouches(own, { texts: 2, calls: 2 });
  const touches = [...ours.texts, ...ours.calls];
  const callbacks = new Map(touches.map((touch, nr) => [touch.id, callbacksOf(touch, nr)]));
  const replies = ours.texts.slice(0, size.replies).map((touch, nr) => replyOf(touch, nr));
  const expected = expectation(touches, callbacks, replies);
  const failures: Record<string, number> = {};
  const fail = (what: string, times = 1) => {
    if (times > 0) failures[what] = (failures[what] ?? 0) + times;
  };
  let trials = 0;
  let busy = 0;
  /** A product that is too busy to take it says so, and the carrier comes again. */
  const send = async (delivery: Delivery, accepted: readonly number[]) => {
    trials += 1;
    for (let attempt = 1; ; attempt += 1) {
      const status = await deliver(api, delivery);
      if (status !== 503 || attempt === triesOfCarrier) return accepted.includes(status);
      busy += 1;
      await sleep(100 * attempt);
    }
  };

  say(`${touches.length} touches, each callback ${copies} times`);
  await attackWithForgeries();
  const orderly = touches.filter((_, nr) => nr % Math.ceil(touches.length / size.orderly) === 0);
  for (const touch of orderly) await deliverOrderly(touch);
  const stormy = touches.filter((touch) => !orderly.includes(touch));
  await inParallel(
    stormy.map((touch, nr) => ({ touch, nr })),
    atOnce,
    async ({ touch, nr }) => {
      temporal.state.down = nr > stormy.length / 3 && nr < (2 * stormy.length) / 3;
      await deliverStormily(touch, nr);
    },
  );
  temporal.state.down = false;
  await inParallel(replies, atOnce, async ({ delivery }) => {
    const answers = await Promise.all(Array.from({ length: copies }, () => send(delivery, [200])));
    fail('texts from outside not acknowledged', answers.filter((fine) => !fine).length);
  });
  await api.inbox.drain();
  await attackWithForgeries();
  await judge();
  say(`${trials} requests so far; now a day passes and all of it comes again`);
  await replayADayLater();

  const found = Object.entries(failures).map(([what, times]) => `${times} ${what}`);
  const note =
    found.join(', ') ||
    `${touches.length} touches in all 24 orders, ${copies}-fold; state regressions 0, accepted forgeries 0, one row a key, one signal an effect; ${busy} times too busy and told to come again`;
  return { trials, failures: Object.values(failures).reduce((sum, times) => sum + times, 0), note };

  /** Somebody without the token, and the carrier's own word about the wrong touch. */
  async function attackWithForgeries(): Promise<void> {
    const victims = touches.filter((_, nr) => nr % 7 === 1);
    await inParallel(victims, atOnce, async (touch) => {
      const other = touches.find(({ id, channel }) => id !== touch.id && channel === touch.channel)!;
      for (const forged of forgeries(signer, touch, other)) {
        if (!(await send(forged, [403]))) fail('accepted forgeries');
      }
      // A text whose sid nobody has heard yet takes the first that is signed for it: that is how it learns it.
      const known = (await statusOf(own, touch)) !== null;
      const foreign = (touch.channel === 'sms' ? theirs.texts : theirs.calls)[1]!;
      for (const stray of known ? misdirected(signer, touch, foreign) : []) {
        if (!(await send(stray, [404]))) fail('callbacks taken for somebody else');
      }
    });
  }

  /** One after the other, each worked on before the next: then it is known what each of them must do. */
  async function deliverOrderly(touch: Touch): Promise<void> {
    const before = await statusOf(own, touch);
    const order = callbacks.get(touch.id)!;
    for (const { delivery } of order) {
      for (let copy = 0; copy < copies; copy += 1)
        if (!(await send(delivery, [204]))) fail('callbacks not acknowledged');
      await api.inbox.drain();
    }
    const news = newsOf(
      before,
      order.map(({ status }) => status),
    );
    const seen = (await statusesSeen(own, touch.id)).get(touch.id) ?? [];
    if (JSON.stringify(seen) !== JSON.stringify(news))
      fail('touches whose statuses were not the news of them');
  }

  async function deliverStormily(touch: Touch, nr: number): Promise<void> {
    const order = callbacks.get(touch.id)!;
    const rounds = Array.from({ length: copies }, () => order).flat();
    const blocks = order.flatMap((callback) => Array.from({ length: copies }, () => callback));
    const mixed = rounds
      .map((callback, place_) => ({ callback, at: draw(seed, touch.phone, place_) }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ callback }) => callback);
    const arrangement = [rounds, blocks, mixed][nr % 3]!;
    const inTurn = nr % 2 === 0;
    const answers: boolean[] = [];
    if (inTurn) for (const { delivery } of arrangement) answers.push(await send(delivery, [204]));
    else answers.push(...(await Promise.all(arrangement.map(({ delivery }) => send(delivery, [204])))));
    fail('callbacks not acknowledged', answers.filter((fine) => !fine).length);
  }

  async function judge(): Promise<void> {
    const seen = await statusesSeen(own);
    for (const touch of touches) {
      const statuses = seen.get(touch.id) ?? [];
      fail('state regressions', regressions(statuses));
      const top = Math.max(...callbacks.get(touch.id)!.map(({ status }) => rankOf(status)));
      if (rankOf((await statusOf(own, touch)) ?? '') !== top) fail('final states below the highest');
    }
    const changes = [...seen.values()].flat().length;
    const [told] = await own.asOwner<{ n: number }>(
      `select count(*)::int as n from events where type in ('message.updated', 'call.updated')`,
    );
    fail('changes told more or less than once', Math.abs(told!.n - changes));
    const rows = await inboxRows(own);
    const keys = new Set(rows.map(({ key }) => key));
    fail('inbox rows twice', rows.length - keys.size);
    fail('inbox rows that should not be', [...keys].filter((key) => !expected.inbox.has(key)).length);
    fail('callbacks lost', [...expected.inbox].filter((key) => !keys.has(key)).length);
    fail('inbox rows not worked on', rows.filter(({ processed }) => !processed).length);
    const texts = await own.asOwner("select id from sms_messages where direction = 'inbound'");
    fail('texts from outside stored more or less than once', Math.abs(texts.length - replies.length));
    fail('signals too many or too few', difference(temporal.signals.map(signalOf), expected.signals));
    if (touches.some(({ id }) => !seen.has(id))) fail('touches without any news');
  }

  /** The very same requests: everything stands, and a STOP that was taken back since is not a STOP again. */
  async function replayADayLater(): Promise<void> {
    aheadMs = 25 * hourMs;
    const back = replies.filter(({ body }) => body === 'STOP');
    for (const { touch } of back) {
      const again = sign(signer, '/webhooks/twilio/sms', inboundForm(touch, 'START', 'back'));
      if (!(await send(again, [200]))) fail('texts from outside not acknowledged');
    }
    await api.inbox.drain();
    const before = await everything();
    const all = [
      ...touches.flatMap(({ id }) => callbacks.get(id)!.map(({ delivery }) => ({ delivery, status: 204 }))),
      ...replies.map(({ delivery }) => ({ delivery, status: 200 })),
    ];
    await inParallel(all, atOnce, async ({ delivery, status }) => {
      if (!(await send(delivery, [status]))) fail('replays not acknowledged');
    });
    await api.inbox.drain();
    if (JSON.stringify(await everything()) !== JSON.stringify(before)) fail('changes by replays a day later');
    const out = await own.asOwner<{ phone: string }>(
      `select distinct on (phone) phone, kind from consents where source <> 'carrier' order by phone, created_at desc`,
    );
    const consents = out as { phone: string; kind: string }[];
    fail('opt-ins lost', back.length - consents.filter(({ kind }) => kind === 'opt_in').length);
  }

  async function everything(): Promise<unknown> {
    const state = await own.asOwner(`
      select (select count(*) from webhook_inbox) as inbox, (select count(*) from events) as events,
        (select count(*) from consents) as consents, (select max(nr) from watch.statuses) as changes,
        (select count(*) from sms_messages) as texts, (select count(*) from tasks) as tasks`);
    return [state, temporal.signals.length];
  }
}

function signalOf({ name, workflowId, args }: { name: string; workflowId: string; args: unknown[] }): string {
  const { intent, outcome } = (args[0] ?? {}) as { intent?: string; outcome?: string };
  return [name, intent ?? outcome, workflowId].filter(Boolean).join(' ');
}

/** How many more or fewer of anything there are in one list than in the other. */
function difference(given: readonly string[], wanted: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const item of wanted) counts.set(item, (counts.get(item) ?? 0) + 1);
  for (const item of given) counts.set(item, (counts.get(item) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.abs(count), 0);
}

async function statusOf({ asOwner }: OwnDatabase, { id, channel }: Touch): Promise<string | null> {
  const table = channel === 'sms' ? 'sms_messages' : 'call_logs';
  const [row] = await asOwner<{ status: string | null }>(
    `select carrier_status as status from ${table} where id = $1`,
    [id],
  );
  return row!.status;
}
