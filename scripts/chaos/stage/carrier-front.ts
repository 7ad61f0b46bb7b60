import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { FaultyBindings } from '#simulator/routes/under-faults.ts';
import type { Simulator } from '#simulator/simulator.ts';
import { errorResponse } from '#simulator/wire/errors.ts';

/** A request for a text or a call, as it arrives at the carrier. */
export type TouchRequest = { worker: string; kind: 'sms' | 'call'; to: string };

/** What happens to it. `reaches`: the carrier gets it and does as it always does, whatever its asker gets to hear. */
export type Conduct = {
  reaches: boolean;
  answer: 'as-given' | 'http-500' | 'rate-limit-429' | 'reset' | 'silence';
  /** Between the carrier's acceptance and the answer. */
  meanwhile?: () => Promise<void>;
};

export const served: Conduct = { reaches: true, answer: 'as-given' };

const creation = /^\/2010-04-01\/Accounts\/[^/]+\/(Messages|Calls)\.json$/;

/**
 * The simulated carrier behind a line in the attack's hands. Each worker reaches it under `/workers/NAME`, so that the
 * attack knows who asks. `silentMs`: how long it says nothing before it hangs up.
 */
export function putFrontBefore(
  simulator: Simulator,
  options: { meet: (request: TouchRequest) => Conduct | Promise<Conduct>; silentMs: number },
): Simulator {
  const app = new Hono<FaultyBindings>();
  app.all('/workers/:worker/*', async (c) => {
    const url = new URL(c.req.url);
    const worker = c.req.param('worker');
    url.pathname = url.pathname.slice(`/workers/${worker}`.length);
    const { method, headers } = c.req.raw;
    const body = method === 'GET' ? undefined : await c.req.text();
    const pass = () =>
      simulator.app.fetch(new Request(url, { method, headers, body }), { outgoing: c.env?.outgoing });
    const kind = creation.exec(url.pathname)?.[1];
    if (method !== 'POST' || kind === undefined) return pass();

    const to = new URLSearchParams(body).get('To') ?? '';
    const conduct = await options.meet({ worker, kind: kind === 'Calls' ? 'call' : 'sms', to });
    const given = conduct.reaches ? await pass() : null;
    await conduct.meanwhile?.();
    switch (conduct.answer) {
      case 'as-given':
        if (given === null) throw new Error('Nobody gave an answer');
        return given;
      case 'http-500':
        return errorResponse(20500);
      case 'rate-limit-429':
        return errorResponse(20429, { 'retry-after': '1' });
      case 'silence':
        await sleep(options.silentMs);
        return hangUp(c.env);
      case 'reset':
        return hangUp(c.env);
    }
  });
  return { ...simulator, app };
}

function hangUp(bindings: FaultyBindings['Bindings'] | undefined): Response {
  const socket = bindings?.outgoing?.socket;
  if (socket && 'resetAndDestroy' in socket) socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}
