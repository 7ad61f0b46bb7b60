import { ApplicationFailure } from '@temporalio/common';

/**
 * The faults an activity may end in, and what Temporal does about each. A business "no" is never one of these: it is
 * the activity's result. Messages carry no phone number and no text, because they end in histories and logs.
 */

/** Retried: the carrier surely did not take the request (refused, 429, 503). Waits as long as the carrier asks. */
export function carrierUnavailable(retryAfterMs: number | null): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'CARRIER_UNAVAILABLE',
    message: 'The carrier did not take the request',
    nextRetryDelay: retryAfterMs ?? undefined,
  });
}

/** Retried after a while: the request may have taken effect, and the next attempt asks the carrier before anything else. */
export function outcomeUnknown(askAgainInMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'CARRIER_OUTCOME_UNKNOWN',
    message: 'The carrier may or may not have taken the request; it will be asked',
    nextRetryDelay: askAgainInMs,
  });
}

/** Retried slowly, so that nothing is lost while an operator mends the carrier's settings. */
export function carrierMisconfigured(): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'CARRIER_MISCONFIGURED',
    message:
      'The carrier refuses our credentials or settings: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
    nextRetryDelay: 60_000,
  });
}

/** Retried at once: another attempt of the same touch was faster; the next attempt reads what it did. */
export function superseded(): ApplicationFailure {
  return ApplicationFailure.create({ type: 'SUPERSEDED', message: 'Another attempt has this touch in hand' });
}

/** Not retried: the row that the workflow names does not exist, and no retry will make it. */
export function missingRow(what: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'MISSING_ROW',
    message: `${what} does not exist`,
    nonRetryable: true,
  });
}
