import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#domain/clock.ts';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { CallbackFaultName } from './faults.ts';
import type { Ledger, LedgerCallback } from './ledger.ts';
import type { Logger } from './logger.ts';

export type Callback = {
  kind: LedgerCallback['kind'];
  sid: string;
  status: string | null;
  url: string;
  params: Record<string, string>;
  fault?: CallbackFaultName | null;
};

/** The product's answer; null when there was none. */
type CallbackAnswer = { httpStatus: number; body: string } | null;

export type CallbackSender = {
  /** Delivers one signed form and records it. Never throws: a webhook that fails is the product's affair. */
  send(callback: Callback): Promise<CallbackAnswer>;
  /** Records a callback that a fault swallowed. */
  lose(callback: Callback): Promise<void>;
};

/** The waits of this machine (not of the simulated clock) before a request that could not be delivered is repeated. */
const retryWaitsMs = [250, 1_000, 4_000];

/** How long Twilio waits for a webhook. Source: Twilio, "Webhooks connection overrides", read time-out. */
const answerTimeoutMs = 15_000;

/**
 * Calls the product back as the carrier does: a form, signed with the account's token over the exact URL. Repeated
 * when the network fails, not when the product answers with an error. `closing` ends what is still under way.
 */
export function createCallbackSender(deps: {
  authToken: string;
  clock: Clock;
  ledger: Ledger;
  logger: Logger;
  closing: AbortSignal;
}): CallbackSender {
  const { authToken, clock, ledger, logger, closing } = deps;

  async function post(url: string, params: Record<string, string>): Promise<CallbackAnswer> {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'user-agent': 'TwilioProxy/1.1',
        'x-twilio-signature': getExpectedTwilioSignature(authToken, url, params),
      },
      body: new URLSearchParams(params).toString(),
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(answerTimeoutMs)]),
    });
    return { httpStatus: response.status, body: await response.text() };
  }

  async function record(
    callback: Callback,
    tries: number,
    result: LedgerCallback['result'],
    httpStatus?: number,
  ) {
    const { kind, sid, status, url, fault = null } = callback;
    const at = await clock.now();
    ledger.callbacks.push({
      kind,
      sid,
      status,
      url,
      at,
      tries,
      result,
      httpStatus: httpStatus ?? null,
      fault,
    });
  }

  return {
    async send(callback) {
      for (let tries = 1; ; tries += 1) {
        try {
          const answer = await post(callback.url, callback.params);
          const taken = answer !== null && answer.httpStatus >= 200 && answer.httpStatus < 300;
          await record(callback, tries, taken ? 'delivered' : 'refused', answer?.httpStatus);
          if (!taken) {
            const { kind, sid } = callback;
            logger.warn(
              { kind, sid, httpStatus: answer?.httpStatus },
              'a callback was answered with an error',
            );
          }
          return answer;
        } catch {
          const waitMs = retryWaitsMs[tries - 1];
          if (waitMs === undefined || closing.aborted) {
            await record(callback, tries, 'unreachable');
            logger.warn(
              { kind: callback.kind, sid: callback.sid, tries },
              'a callback could not be delivered',
            );
            return null;
          }
          await sleep(waitMs, undefined, { signal: closing }).catch(() => {});
        }
      }
    },
    lose: (callback) => record(callback, 0, 'lost'),
  };
}
