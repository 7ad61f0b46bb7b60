import { type Seed, between, draw } from './draw.ts';

/**
 * The ways in which a carrier goes wrong, by name.
 *
 * At the request: `timeout_after_accept` accepts and never answers; `http_500` answers 500, half the time after
 * accepting; `rate_limit_429` accepts nothing and says when to come back.
 * At the status callbacks of an accepted touch: `lost_callback` loses the last one, or all; `late_callback` brings the
 * last one hours late; `duplicate_callback` brings each two to five times at once; `out_of_order` brings the last one
 * first. An inbound text may be brought twice, and is never lost: a carrier that loses replies cannot be told from a
 * person who does not write.
 */
const requestFaultNames = ['timeout_after_accept', 'http_500', 'rate_limit_429'] as const;
export const callbackFaultNames = [
  'lost_callback',
  'late_callback',
  'duplicate_callback',
  'out_of_order',
] as const;
export const faultNames = [...requestFaultNames, ...callbackFaultNames] as const;
export type RequestFaultName = (typeof requestFaultNames)[number];
export type CallbackFaultName = (typeof callbackFaultNames)[number];
export type FaultName = (typeof faultNames)[number];

/** `rate` is the chance of each named fault, 0 to 1. */
export type FaultSettings = { names: readonly FaultName[]; rate: number };

export const noFaults: FaultSettings = { names: [], rate: 0 };
export const defaultFaultRate = 0.05;

/** A touch that was refused by faults this often in a row is let through, so that a patient caller always succeeds. */
const maxFaultsInARow = 2;

export type TouchKind = 'sms' | 'call';

export type RequestFault =
  { name: 'timeout_after_accept' } | { name: 'http_500'; accepts: boolean } | { name: 'rate_limit_429' };

export type CallbackFault =
  | { name: 'lost_callback'; loses: 'last' | 'all' }
  | { name: 'late_callback'; delayMs: number }
  | { name: 'duplicate_callback'; copies: number }
  | { name: 'out_of_order' };

/** Reads `name,name`, `all` or an empty text. Throws an error that lists the names when one is unknown. */
export function parseFaultNames(text: string): FaultName[] {
  const asked = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (asked.includes('all')) return [...faultNames];
  return asked.map((name) => {
    const known = faultNames.find((fault) => fault === name);
    if (!known) throw new Error(`unknown fault "${name}"; known are ${faultNames.join(', ')} and all`);
    return known;
  });
}

/**
 * The fault that a request meets, if any. `attempt` is the number that the touch would get if it were accepted, and
 * `tryNumber` counts the requests made for it, so that a repeated request is a new draw and the person's behaviour,
 * which goes by `attempt`, stays the same with faults on or off.
 */
export function drawRequestFault(
  settings: FaultSettings,
  seed: Seed,
  request: { kind: TouchKind; phone: string; attempt: number; tryNumber: number },
): RequestFault | null {
  if (request.tryNumber > maxFaultsInARow) return null;
  const { kind, phone, attempt, tryNumber } = request;
  const own = (name: string) => draw(seed, 'fault', name, kind, phone, attempt, tryNumber);
  const name = requestFaultNames.find(
    (fault) => settings.names.includes(fault) && own(fault) < settings.rate,
  );
  switch (name) {
    case undefined:
      return null;
    case 'http_500':
      return { name, accepts: own('http_500 accepts') < 0.5 };
    case 'timeout_after_accept':
    case 'rate_limit_429':
      return { name };
  }
}

/** The fault that the callbacks of an accepted touch, or the delivery of an inbound text, meet, if any. */
export function drawCallbackFault(
  settings: FaultSettings,
  seed: Seed,
  touch: { kind: TouchKind | 'inbound'; phone: string; attempt: number },
): CallbackFault | null {
  const own = (name: string) => draw(seed, 'fault', name, touch.kind, touch.phone, touch.attempt);
  const possible = touch.kind === 'inbound' ? (['duplicate_callback'] as const) : callbackFaultNames;
  const name = possible.find((fault) => settings.names.includes(fault) && own(fault) < settings.rate);
  switch (name) {
    case undefined:
      return null;
    case 'lost_callback':
      return { name, loses: own('lost which') < 0.5 ? 'last' : 'all' };
    case 'late_callback':
      return { name, delayMs: between(own('late by'), 2 * 3_600_000, 8 * 3_600_000) };
    case 'duplicate_callback':
      return { name, copies: between(own('copies'), 2, 5) };
    case 'out_of_order':
      return { name };
  }
}
