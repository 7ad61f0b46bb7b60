import type { CarrierMessage } from '#domain/carrier-records.ts';

export type { CarrierMessage };

export type SendTextRequest = {
  /** E.164. */
  to: string;
  /** E.164, one of our numbers. */
  from: string;
  body: string;
  /** Absolute URL that the carrier calls at every status; it carries the ledger key. */
  statusCallbackUrl: string;
};

/** A business "no" is a value: `rejected` is the carrier's final word about this request (bad number, opted out …). */
export type SendTextResult =
  | { outcome: 'accepted'; message: CarrierMessage }
  | { outcome: 'rejected'; errorCode: string; message: string };

/**
 * The port to whoever carries texts. Faults are exceptions of `providers/faults.ts`, and which one it is decides
 * whether the request may be repeated: never after `CarrierOutcomeUnknown`.
 */
export type MessagingProvider = {
  sendText(request: SendTextRequest): Promise<SendTextResult>;
  fetchText(sid: string): Promise<CarrierMessage | null>;
  /** Every text between the two numbers created in [since, until], newest first: how a lost answer is reconciled. */
  listTexts(query: { to: string; from: string; since: Date; until: Date }): Promise<CarrierMessage[]>;
};
