import twilio from 'twilio';
import { CarrierMisconfigured, CarrierOutcomeUnknown, CarrierUnavailable } from '../faults.ts';

/** A request that only reads can be repeated after any fault; one that creates something cannot. */
export type Intent = 'read' | 'create';

/** The carrier's final "no" to one request. `message` is our own wording: it holds no phone number and no text. */
export type Refusal = { errorCode: string; message: string };

/** What went wrong before a single byte of the request reached the carrier. */
const neverSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/**
 * Twilio's own messages quote the number that was refused, and ours end in logs and workflow histories, so the codes
 * that are common here are worded by us. Source: Twilio, "Error and Warning Dictionary".
 */
const refusalWordings: Record<string, string> = {
  '21205': 'a URL of the request is not valid',
  '21210': 'the caller id is not verified',
  '21211': 'the destination is not a valid phone number',
  '21212': 'the sender is not a valid phone number',
  '21214': 'the destination cannot be reached',
  '21215': 'calling the destination is not permitted for this account',
  '21216': 'the destination is on the carrier’s block list',
  '21217': 'the destination does not look like a valid phone number',
  '21219': 'the destination is not verified and the account is on trial',
  '21408': 'texting the region of the destination is not permitted for this account',
  '21602': 'the body is empty',
  '21603': 'the sender is missing',
  '21604': 'the destination is missing',
  '21606': 'the sender cannot send texts',
  '21608': 'the destination is not verified and the account is on trial',
  '21610': 'the recipient has opted out of this sender',
  '21611': 'the sender has too many texts waiting',
  '21612': 'there is no route from the sender to the destination',
  '21614': 'the destination is not a mobile number',
  '21617': 'the body is too long',
};

/** Twilio numbers its refusals of a telephone number, a body or a permission 21xxx, whatever the HTTP status. */
function isRefusalCode(code: number | undefined): boolean {
  return code !== undefined && code >= 21000 && code < 22000;
}

/**
 * The fault that an answer amounts to, or null when it is an answer to reason with (success, a refusal, "not found").
 * A 503 counts as "not accepted" only when it says when to come back; a bare one can come from a proxy in front of a
 * request that went through.
 */
export function faultOfResponse(
  intent: Intent,
  answer: { statusCode: number; headers: unknown; body: unknown },
): Error | null {
  const status = answer.statusCode;
  const code = codeOf(answer.body);
  const label = `the carrier answered ${status}${code === undefined ? '' : ` (code ${code})`}`;
  if (status === 429) return new CarrierUnavailable(label, retryAfterMs(answer.headers));
  if (status === 503 && retryAfterMs(answer.headers) !== null) {
    return new CarrierUnavailable(label, retryAfterMs(answer.headers));
  }
  if (status >= 500 || status === 408) return uncertain(intent, label);
  if ((status === 401 || status === 403) && !isRefusalCode(code)) return new CarrierMisconfigured(label);
  if (code === 20003) return new CarrierMisconfigured(label);
  if (status >= 300 && status < 400) return new CarrierMisconfigured(label);
  return null;
}

/** The fault that a failed exchange amounts to: refused connection, time-out, reset. */
export function faultOfTransport(intent: Intent, error: unknown): Error {
  const code = transportCode(error);
  if (neverSentCodes.has(code)) return new CarrierUnavailable(`the carrier could not be reached (${code})`);
  return uncertain(intent, `the exchange with the carrier broke off (${code})`);
}

/**
 * What any error of the client amounts to after `faultOfResponse` and `faultOfTransport` had their say: a refusal (a
 * value), or a fault to throw. The original is never kept as a cause: it holds the request, body and credentials.
 */
export function refusalOrFault(intent: Intent, error: unknown): { refusal: Refusal } | { fault: Error } {
  if (isFault(error)) return { fault: error };
  if (!(error instanceof twilio.RestException)) {
    return { fault: uncertain(intent, 'the carrier’s answer could not be read') };
  }
  const { status, code } = error;
  if (status === 400 || isRefusalCode(code)) {
    const errorCode = code === undefined ? `HTTP_${status}` : String(code);
    return {
      refusal: { errorCode, message: refusalWordings[errorCode] ?? 'the carrier refused the request' },
    };
  }
  return {
    fault: new CarrierMisconfigured(`the carrier answered ${status}${code ? ` (code ${code})` : ''}`),
  };
}

/** What any error of a request that only reads amounts to; even a refusal is a request we should not have made. */
export function readFault(error: unknown): Error {
  const verdict = refusalOrFault('read', error);
  if ('fault' in verdict) return verdict.fault;
  return new CarrierMisconfigured(`the carrier refused to answer (code ${verdict.refusal.errorCode})`);
}

/** True for "there is no such record". */
export function isNotFound(error: unknown): boolean {
  return error instanceof twilio.RestException && error.status === 404;
}

function uncertain(intent: Intent, label: string): Error {
  return intent === 'read' ? new CarrierUnavailable(label) : new CarrierOutcomeUnknown(label);
}

function isFault(error: unknown): error is Error {
  return (
    error instanceof CarrierUnavailable ||
    error instanceof CarrierOutcomeUnknown ||
    error instanceof CarrierMisconfigured
  );
}

function codeOf(body: unknown): number | undefined {
  const code = (body as { code?: unknown } | null)?.code;
  return typeof code === 'number' ? code : undefined;
}

function transportCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z_0-9]+$/.test(code) ? code : 'no code';
}

/** Retry-After is seconds or a date (RFC 9110, section 10.2.3); a date in the past, or nonsense, is "now". */
function retryAfterMs(headers: unknown): number | null {
  const value = (headers as Record<string, unknown> | null)?.['retry-after'];
  if (typeof value !== 'string' || value === '') return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  return Number.isNaN(until) ? 0 : Math.max(0, until - Date.now());
}
