import { afterEach, expect, it } from 'vitest';
import type { FaultSettings } from './faults.ts';
import { faultNames } from './faults.ts';
import type { Ledger } from './ledger.ts';
import { leadPhone, startRig } from './testing/rig.ts';

const day = 24 * 3_600_000;
const phones = Array.from({ length: 24 }, (_, index) => leadPhone(index));
const rigs: Awaited<ReturnType<typeof startRig>>[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

/** Texts and calls everybody three times, a day apart, patiently: what fails is listed and repeated if it is absent. */
async function campaign(
  order: readonly string[],
  options: { faults?: FaultSettings; seed?: number },
): Promise<Ledger> {
  // A busy machine must not look like a carrier that does not answer: then a touch would be made twice.
  const rig = await startRig({ timeoutMs: options.faults ? 2_000 : 10_000, ...options });
  rigs.push(rig);
  for (const round of [0, 1, 2]) {
    const touch = async (phone: string) => {
      await patiently(
        () => rig.text(phone, `Round ${round}`),
        () => rig.ledger.texts,
        phone,
        round,
      );
      await patiently(
        () => rig.call(phone),
        () => rig.ledger.calls,
        phone,
        round,
      );
    };
    // With faults all at once: there a touch may wait for an answer that never comes.
    if (options.faults) await Promise.all(order.map(touch));
    else for (const phone of order) await touch(phone);
    await rig.runUntil(rig.after((round + 1) * day));
  }
  return rig.ledger;
}

async function patiently(
  touch: () => Promise<unknown>,
  records: () => readonly { to: string }[],
  phone: string,
  round: number,
): Promise<void> {
  const accepted = () => records().filter(({ to }) => to === phone).length;
  for (let tries = 0; tries < 4 && accepted() === round; tries += 1) {
    // A refusal (the lead opted out) is a value and ends the tries; a fault is looked into by counting again.
    const refused = await touch().then(
      () => true,
      () => false,
    );
    if (refused) return;
  }
}

/** What happened to each phone, without sids and instants, which are not promised. */
function outcomes(ledger: Ledger): Record<string, unknown> {
  return Object.fromEntries(
    phones.map((phone) => [
      phone,
      {
        texts: ledger.texts
          .filter(({ to }) => to === phone)
          .map((text) => [text.body, text.status, text.errorCode]),
        calls: ledger.calls
          .filter(({ to }) => to === phone)
          .map((call) => [call.status, call.answeredBy, call.durationSeconds]),
        replies: ledger.replies
          .filter(({ from }) => from === phone)
          .map((reply) => [reply.body, reply.optOut]),
      },
    ]),
  );
}

it('the same seed gives the same outcomes in whatever order the touches arrive', async () => {
  const forwards = outcomes(await campaign(phones, {}));
  const backwards = outcomes(await campaign([...phones].reverse(), {}));
  expect(backwards).toEqual(forwards);
  expect(outcomes(await campaign(phones, { seed: 8 }))).not.toEqual(forwards);
}, 60_000);

it('faults change what the product hears, not what people do', async () => {
  const calm = outcomes(await campaign(phones, {}));
  const ledger = await campaign(phones, { faults: { names: faultNames, rate: 0.1 } });
  expect(ledger.requestFaults.length).toBeGreaterThan(10);
  expect(ledger.callbacks.some(({ fault }) => fault !== null)).toBe(true);
  expect(outcomes(ledger)).toEqual(calm);
}, 60_000);
