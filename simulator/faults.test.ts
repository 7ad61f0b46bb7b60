import { CarrierOutcomeUnknown, CarrierUnavailable } from '#providers/faults.ts';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type FaultName,
  callbackFaultNames,
  drawCallbackFault,
  drawRequestFault,
  faultNames,
  parseFaultNames,
} from './faults.ts';
import { leadPhone, ourNumber, startRig } from './testing/rig.ts';

const hour = 3_600_000;
let rig: Awaited<ReturnType<typeof startRig>>;
afterEach(() => rig?.close());

const always = (...names: FaultName[]) => ({ names, rate: 1 });
const failureOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('at the request', () => {
  it('rate_limit_429 accepts nothing, says when to come back, and gives in to the third try', async () => {
    rig = await startRig({ faults: always('rate_limit_429') });
    for (const _ of [1, 2]) {
      const error = await failureOf(rig.text(leadPhone(1)));
      expect(error).toBeInstanceOf(CarrierUnavailable);
      expect((error as CarrierUnavailable).retryAfterMs).toBe(1_000);
      expect(rig.ledger.texts).toEqual([]);
    }
    expect(await rig.text(leadPhone(1))).toMatchObject({ outcome: 'accepted' });
    expect(rig.ledger.requestFaults).toMatchObject([{ fault: 'rate_limit_429', sid: null }, { sid: null }]);
  });

  it('http_500 leaves the outcome unknown: some were accepted, some were not, and the list tells', async () => {
    rig = await startRig({ faults: always('http_500') });
    const accepted: boolean[] = [];
    for (let index = 0; index < 12; index += 1) {
      const to = leadPhone(index);
      expect(await failureOf(rig.call(to))).toBeInstanceOf(CarrierOutcomeUnknown);
      const listed = await rig.voice.listCalls({
        to,
        from: ourNumber,
        since: rig.startAt,
        until: rig.after(1),
      });
      expect(listed.map(({ sid }) => sid)).toEqual(
        rig.ledger.calls.filter((call) => call.to === to).map(({ sid }) => sid),
      );
      accepted.push(listed.length === 1);
    }
    expect(new Set(accepted)).toEqual(new Set([true, false]));
  });

  it('timeout_after_accept accepts, takes its course, and never answers', async () => {
    rig = await startRig({ faults: always('timeout_after_accept'), timeoutMs: 150 });
    const to = leadPhone(3);
    const error = await failureOf(rig.text(to));
    expect(error).toBeInstanceOf(CarrierOutcomeUnknown);
    expect((error as Error).message).toContain('ECONNABORTED');
    const listed = await rig.messaging.listTexts({
      to,
      from: ourNumber,
      since: rig.startAt,
      until: rig.after(1),
    });
    expect(listed).toHaveLength(1);
    await rig.runUntil(rig.after(hour));
    expect(rig.webhooks.received.length).toBeGreaterThan(1);
  });

  it('timeout_after_accept cuts the connection of a caller that waits for ever', async () => {
    rig = await startRig({ faults: always('timeout_after_accept'), timeoutMs: 5_000, holdMs: 50 });
    const error = await failureOf(rig.text(leadPhone(3)));
    expect(error).toBeInstanceOf(CarrierOutcomeUnknown);
    expect((error as Error).message).toContain('ECONNRESET');
    expect(rig.ledger.texts).toHaveLength(1);
  });

  it('a carrier that is not there at all took nothing', async () => {
    rig = await startRig();
    await rig.server.close();
    expect(await failureOf(rig.text(leadPhone(1)))).toBeInstanceOf(CarrierUnavailable);
  });
});

describe('at the callbacks', () => {
  const statusesAfter = async (name: FaultName, ms: number, to: string) => {
    rig = await startRig({ faults: always(name) });
    await rig.text(to);
    await rig.runUntil(rig.after(ms));
    return rig.webhooks.received
      .filter(({ path }) => path.endsWith('sms-status'))
      .map(({ params }) => params.MessageStatus);
  };
  const last = (statuses: (string | undefined)[]) => statuses.filter((status) => status !== 'sent');

  it('lost_callback never brings the last one, though the carrier knows it', async () => {
    expect(last(await statusesAfter('lost_callback', 24 * hour, leadPhone(1)))).toEqual([]);
    expect(['delivered', 'undelivered']).toContain(rig.ledger.texts[0]?.status);
    expect(rig.ledger.callbacks.filter(({ result }) => result === 'lost').length).toBeGreaterThan(0);
  });

  it('late_callback brings the last one hours later', async () => {
    expect(await statusesAfter('late_callback', hour, leadPhone(1))).toEqual(['sent']);
    await rig.runUntil(rig.after(12 * hour));
    expect(rig.webhooks.received).toHaveLength(2);
  });

  it('duplicate_callback brings each two to five times', async () => {
    const statuses = await statusesAfter('duplicate_callback', hour, leadPhone(1));
    const sent = statuses.filter((status) => status === 'sent').length;
    expect(sent).toBeGreaterThanOrEqual(2);
    expect(sent).toBeLessThanOrEqual(5);
    expect(statuses).toHaveLength(2 * sent);
  });

  it('out_of_order brings the last one first', async () => {
    const statuses = await statusesAfter('out_of_order', hour, leadPhone(1));
    expect(statuses).toHaveLength(2);
    expect(statuses.indexOf('sent')).toBe(1);
  });

  it('an unanswered webhook is repeated until the product is there, and a refused one is not', async () => {
    rig = await startRig();
    rig.webhooks.answerWith(500);
    await rig.text(leadPhone(1));
    await rig.runUntil(rig.after(10_000));
    expect(rig.ledger.callbacks.map(({ tries, result, httpStatus }) => [tries, result, httpStatus])).toEqual([
      [1, 'refused', 500],
      [1, 'refused', 500],
    ]);
  });
});

describe('the draws', () => {
  const touches = Array.from({ length: 4_000 }, (_, index) => ({
    phone: leadPhone(index),
    attempt: 1 + (index % 3),
  }));

  it('hit about as many touches as the rate says, and no third try', () => {
    const faults = { names: faultNames, rate: 0.05 };
    const hit = (tryNumber: number) =>
      touches.filter((touch) => drawRequestFault(faults, 7, { kind: 'sms', ...touch, tryNumber })).length;
    expect(hit(1) / touches.length).toBeGreaterThan(0.12);
    expect(hit(1) / touches.length).toBeLessThan(0.17);
    expect(hit(3)).toBe(0);
  });

  it('never lose a reply', () => {
    const names = touches.map(
      (touch) => drawCallbackFault({ names: faultNames, rate: 0.3 }, 7, { kind: 'inbound', ...touch })?.name,
    );
    expect(new Set(names)).toEqual(new Set([undefined, 'duplicate_callback']));
  });

  it('know every name, "all", and nothing else', () => {
    expect(parseFaultNames('')).toEqual([]);
    expect(parseFaultNames('all')).toEqual([...faultNames]);
    expect(parseFaultNames(' lost_callback, late_callback ')).toEqual(['lost_callback', 'late_callback']);
    expect(() => parseFaultNames('lost_callbak')).toThrow(/lost_callbak.*out_of_order/);
    expect(callbackFaultNames.every((name) => faultNames.includes(name))).toBe(true);
  });
});
