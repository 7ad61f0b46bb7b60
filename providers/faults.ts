/**
 * The faults of an outside party, told apart by the only question that matters after one: can the request have taken
 * effect? Activities turn them into Temporal's retry classes in `activities/failures.ts`.
 */

/** The request certainly took no effect (refused connection, 429, 503 before acceptance): it may simply be repeated. */
export class CarrierUnavailable extends Error {
  override name = 'CarrierUnavailable';
  constructor(
    message: string,
    /** What the carrier asked us to wait (Retry-After), if it did. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}

/** The request may have taken effect (time-out, reset, 5xx): ask the carrier before doing anything else. */
export class CarrierOutcomeUnknown extends Error {
  override name = 'CarrierOutcomeUnknown';
}

/** Our credentials or request are wrong in a way that no retry mends: an operator must act. */
export class CarrierMisconfigured extends Error {
  override name = 'CarrierMisconfigured';
}
