import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minuteMs } from '#domain/duration.ts';
import type { TouchOutcome } from '#domain/journey/state.ts';
import { mintPhone } from '#db/testing/factories.ts';
import { sendNotice } from './send-notice.ts';
import { createTouchBench } from './testing/touch-bench.ts';
import type { TouchBench } from './testing/touch-bench.ts';

const words = { optOutConfirmation: 'You are out and hear no more of us.', helpReply: 'Call us.' };
let bench: TouchBench;
beforeAll(async () => {
  bench = await createTouchBench();
});
afterAll(() => bench.close());

const organization = async (settings: object = words) => {
  const { organizationId, number } = await bench.organization({ settings });
  const now = async () => (await bench.clock.now()).toISOString();
  async function consent(
    phone: string,
    kind: string,
    source: string,
    more: { messageId?: string; repeats?: boolean } = {},
  ) {
    await bench.asOwner(
      `insert into consents (organization_id, phone, kind, source, message_id, repeats, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
      [organizationId, phone, kind, source, more.messageId ?? null, more.repeats ?? false, await now()],
    );
  }
  return {
    organizationId,
    number,
    /** A text from somebody, as the inbox stores it, with what it does to the ledger of consents. */
    async wrote(phone: string, intent: 'stop' | 'help' | 'yes', repeats = false) {
      const [row] = await bench.asOwner<{ id: string }>(
        `insert into sms_messages (organization_id, direction, kind, state, phone, our_number, body, intent, created_at)
         values ($1, 'inbound', 'inbound', 'received', $2, $3, $4, $4, $5) returning id`,
        [organizationId, phone, number, intent, await now()],
      );
      if (intent === 'stop') await consent(phone, 'opt_out', 'keyword', { messageId: row!.id, repeats });
      return { organizationId, messageId: row!.id };
    },
    consent,
  };
};

type Notice = { organizationId: string; messageId: string };
const logger = new DefaultLogger('ERROR');
const attempt = (notice: Notice): Promise<TouchOutcome> =>
  new MockActivityEnvironment({}, { logger }).run(sendNotice(bench.deps), notice);
const textsTo = (phone: string) => bench.carrier.texts.filter(({ to }) => to === phone);
const ledger = (phone: string) =>
  bench.asOwner(
    `select state, refusal_code, kind, touch_key, journey_id from sms_messages where phone = $1 and direction = 'outbound'`,
    [phone],
  );
const done = { outcome: 'done' };
const refused = (code: string) => ({ outcome: 'refused', code });

describe('the answer to a STOP', () => {
  test('goes out once, from the number that was written to, past the opt-out; and stands in the ledger', async () => {
    const { wrote, number } = await organization();
    const phone = mintPhone();
    const notice = await wrote(phone, 'stop');
    const outcomes = await Promise.all(
      [attempt(notice), attempt(notice)].map((one) => one.catch(() => null)),
    );
    expect(outcomes).toContainEqual(done);
    expect(await attempt(notice)).toEqual(done);
    expect(textsTo(phone)).toMatchObject([{ from: number, body: words.optOutConfirmation }]);
    expect(await ledger(phone)).toEqual([
      {
        state: 'sent',
        refusal_code: null,
        kind: 'confirmation',
        touch_key: `notice:${notice.messageId}`,
        journey_id: null,
      },
    ]);
  });

  test('is found at the carrier when its own answer was lost, and not sent twice', async () => {
    const { wrote } = await organization();
    const phone = mintPhone();
    const notice = await wrote(phone, 'stop');
    bench.carrier.will('timeout_after_accept');
    await expect(attempt(notice)).rejects.toBeInstanceOf(ApplicationFailure);
    bench.later(bench.deps.settleMs);
    expect(await attempt(notice)).toEqual(done);
    expect(textsTo(phone)).toHaveLength(1);
  });

  test('waits while everything is stopped, and is over five minutes after the person wrote', async () => {
    const { wrote, organizationId } = await organization();
    const phone = mintPhone();
    const notice = await wrote(phone, 'stop');
    const stop = (value: string) =>
      bench.asOwner(`update organizations set sending_stopped_at = ${value} where id = $1`, [organizationId]);
    await stop('now()');
    expect(await attempt(notice)).toEqual({ outcome: 'held', code: 'SENDING_STOPPED' });
    bench.later(5 * minuteMs);
    expect(await attempt(notice)).toEqual(refused('EXPIRED'));
    await stop('null');
    expect(await attempt(notice)).toEqual(refused('EXPIRED'));
    expect(textsTo(phone)).toEqual([]);
    expect(await ledger(phone)).toMatchObject([{ state: 'refused', refusal_code: 'EXPIRED' }]);
  });

  test('waits while the whole installation is stopped', async () => {
    const { wrote } = await organization();
    const notice = await wrote(mintPhone(), 'stop');
    await bench.asOwner('update platform.switches set sending_stopped_at = now()');
    try {
      expect(await attempt(notice)).toEqual({ outcome: 'held', code: 'SENDING_STOPPED' });
    } finally {
      await bench.asOwner('update platform.switches set sending_stopped_at = null');
    }
    expect(await attempt(notice)).toEqual(done);
  });

  test('does not follow a STOP that changed nothing, a START since, the carrier’s own block, or an answer like "yes"', async () => {
    const { wrote, consent, organizationId } = await organization();
    const phones = [mintPhone(), mintPhone(), mintPhone(), mintPhone()] as const;
    expect(await attempt(await wrote(phones[0], 'stop', true))).toEqual(refused('OPTED_OUT'));
    const back = await wrote(phones[1], 'stop');
    bench.later(1_000);
    await consent(phones[1], 'opt_in', 'keyword');
    expect(await attempt(back)).toEqual(refused('EXPIRED'));
    const blocked = await wrote(phones[2], 'stop');
    await consent(phones[2], 'opt_out', 'carrier');
    expect(await attempt(blocked)).toEqual(refused('OPTED_OUT'));
    await expect(attempt(await wrote(phones[3], 'yes'))).rejects.toMatchObject({ nonRetryable: true });
    const unwritten = { organizationId, messageId: crypto.randomUUID() };
    await expect(attempt(unwritten)).rejects.toMatchObject({ type: 'MISSING_ROW' });
    for (const phone of phones) expect(textsTo(phone)).toEqual([]);
  });

  test('that the carrier refuses as blocked (21610) is refused for good', async () => {
    const { wrote } = await organization();
    const phone = mintPhone();
    const notice = await wrote(phone, 'stop');
    bench.carrier.will({ reject: '21610' });
    for (let time = 0; time < 2; time += 1) expect(await attempt(notice)).toEqual(refused('OPTED_OUT'));
    expect(bench.carrier.requests()).toBeGreaterThan(0);
    expect(textsTo(phone)).toEqual([]);
  });
});

test('HELP is answered, also to who has opted out; nothing is where the organisation has no words for it', async () => {
  const { wrote } = await organization();
  const phone = mintPhone();
  await wrote(phone, 'stop');
  expect(await attempt(await wrote(phone, 'help'))).toEqual(done);
  expect(textsTo(phone).map(({ body }) => body)).toEqual([words.helpReply]);
  const silent = await organization({});
  expect(await attempt(await silent.wrote(mintPhone(), 'stop'))).toEqual(refused('EXPIRED'));
});
