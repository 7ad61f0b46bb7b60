import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Carrier } from '../carrier.ts';
import { type RequestFault, type TouchKind, drawRequestFault } from '../faults.ts';
import { errorResponse } from '../wire/errors.ts';

/** The server's own request and response, which are there when the application runs under a real server. */
export type FaultyBindings = { Bindings: Partial<HttpBindings> };

/** What every creation shares: how often each touch was tried, and how long a connection is held. */
export type FaultyCreation = {
  carrier: Carrier;
  tries: Map<string, number>;
  holdMs: number;
  closing: AbortSignal;
};

/** Takes an acceptable order, so that `sid` exists at once and `start` lets it take its course. */
export type Acceptance = { sid: string; start: () => Promise<void>; body: () => Record<string, unknown> };

/**
 * Lets a request to create something succeed, or meet the fault drawn for it. What is accepted takes the same course
 * whether or not whoever asked gets to hear of it. `accept` must be synchronous: its number is that of the draw.
 */
export async function createUnderFaults(
  context: Context<FaultyBindings>,
  creation: FaultyCreation,
  request: { kind: TouchKind; phone: string; now: Date },
  accept: () => Acceptance,
): Promise<Response> {
  const { carrier, tries, holdMs, closing } = creation;
  const { kind, phone, now } = request;
  const attempt = carrier.countOf(kind, phone).value + 1;
  const key = `${kind} ${phone} ${attempt}`;
  const tryNumber = (tries.get(key) ?? 0) + 1;
  tries.set(key, tryNumber);

  const fault = drawRequestFault(carrier.faults, carrier.seed, { kind, phone, attempt, tryNumber });
  const acceptance = fault === null || acceptsAll(fault) ? accept() : null;
  if (fault) {
    const sid = acceptance?.sid ?? null;
    carrier.ledger.requestFaults.push({ kind, to: phone, fault: fault.name, sid, at: now });
  }
  await acceptance?.start();

  switch (fault?.name) {
    case 'rate_limit_429':
      return errorResponse(20429, { 'retry-after': '1' });
    case 'http_500':
      return errorResponse(20500);
    case 'timeout_after_accept':
      return holdAndDrop(context, holdMs, closing);
    case undefined:
      return Response.json(acceptance?.body(), { status: 201 });
  }
}

function acceptsAll(fault: RequestFault): boolean {
  return fault.name === 'timeout_after_accept' || (fault.name === 'http_500' && fault.accepts);
}

/** Says nothing until whoever asked gives up, or for `holdMs` of this machine's time; then the connection is cut. */
async function holdAndDrop(
  context: Context<FaultyBindings>,
  holdMs: number,
  closing: AbortSignal,
): Promise<Response> {
  const gone = AbortSignal.any([context.req.raw.signal, closing]);
  await sleep(holdMs, undefined, { signal: gone }).catch(() => {});
  context.env?.outgoing?.destroy();
  return RESPONSE_ALREADY_SENT;
}
