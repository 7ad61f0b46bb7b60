import type { AnsweredBy, CarrierCallStatus, CarrierMessageStatus } from '#domain/carrier-status.ts';
import type { CallbackFaultName, RequestFaultName, TouchKind } from './faults.ts';

/**
 * What the carrier did, in its own words: the truth that tests and the demo's report compare the product with. It is
 * written by the simulator alone and knows nothing of the product's tables. Every instant is the simulator's clock.
 */
export type LedgerText = {
  sid: string;
  to: string;
  from: string;
  body: string;
  segments: number;
  /** The how-manieth accepted text to this phone, from 1. */
  attempt: number;
  createdAt: Date;
  status: CarrierMessageStatus;
  statuses: { status: CarrierMessageStatus; at: Date }[];
  errorCode: string | null;
  statusCallbackUrl: string | null;
};

export type LedgerCall = {
  sid: string;
  to: string;
  from: string;
  /** The how-manieth accepted call to this phone, from 1. */
  attempt: number;
  createdAt: Date;
  status: CarrierCallStatus;
  statuses: { status: CarrierCallStatus; at: Date }[];
  answeredBy: AnsweredBy | null;
  answeredAt: Date | null;
  endedAt: Date | null;
  durationSeconds: number | null;
  /** What was said to whoever picked up, in order. */
  spoken: string[];
  voiceUrl: string;
  statusCallbackUrl: string | null;
};

/** A text from a lead (`from`) to one of our numbers (`to`). */
export type LedgerReply = {
  sid: string;
  to: string;
  from: string;
  body: string;
  segments: number;
  /** True for an opt-out keyword. */
  optOut: boolean;
  sentAt: Date;
  /** When our webhook first took it (2xx); null while it did not. */
  deliveredAt: Date | null;
};

/** A request that the carrier refused for good; nothing was sent. */
export type LedgerRefusal = {
  kind: TouchKind;
  to: string;
  from: string;
  body: string;
  code: number;
  at: Date;
};

/** A request that met a fault; `sid` names the touch if it was accepted all the same. */
export type LedgerRequestFault = {
  kind: TouchKind;
  to: string;
  fault: RequestFaultName;
  sid: string | null;
  at: Date;
};

/** One request to the product. `lost` was held back by a fault; `unreachable` got no answer, retries included. */
export type LedgerCallback = {
  kind: 'sms' | 'sms-status' | 'voice' | 'voice-status';
  sid: string;
  status: string | null;
  url: string;
  at: Date;
  tries: number;
  result: 'delivered' | 'refused' | 'unreachable' | 'lost';
  httpStatus: number | null;
  fault: CallbackFaultName | null;
};

export type Ledger = {
  texts: LedgerText[];
  calls: LedgerCall[];
  replies: LedgerReply[];
  refusals: LedgerRefusal[];
  requestFaults: LedgerRequestFault[];
  callbacks: LedgerCallback[];
  /** Every opt-out that the carrier honours at present, by lead and by our number. */
  optOuts: { phone: string; number: string; at: Date }[];
};

export function createLedger(): Ledger {
  return { texts: [], calls: [], replies: [], refusals: [], requestFaults: [], callbacks: [], optOuts: [] };
}

/** The ledger in figures, by name in alphabetical order, so that two runs can be compared as text. */
export type LedgerSummary = {
  texts: { accepted: number; byStatus: Record<string, number>; byErrorCode: Record<string, number> };
  calls: { accepted: number; byStatus: Record<string, number>; byAnsweredBy: Record<string, number> };
  replies: { sent: number; delivered: number; optOuts: number };
  refusals: Record<string, number>;
  callbacks: { byResult: Record<string, number>; byFault: Record<string, number> };
  requestFaults: Record<string, number>;
};

export function summarize(ledger: Ledger): LedgerSummary {
  const { texts, calls, replies, refusals, requestFaults, callbacks } = ledger;
  return {
    texts: {
      accepted: texts.length,
      byStatus: countBy(texts, (text) => text.status),
      byErrorCode: countBy(texts, (text) => text.errorCode),
    },
    calls: {
      accepted: calls.length,
      byStatus: countBy(calls, (call) => call.status),
      byAnsweredBy: countBy(calls, (call) => call.answeredBy),
    },
    replies: {
      sent: replies.length,
      delivered: replies.filter((reply) => reply.deliveredAt !== null).length,
      optOuts: replies.filter((reply) => reply.optOut).length,
    },
    refusals: countBy(refusals, (refusal) => String(refusal.code)),
    callbacks: {
      byResult: countBy(callbacks, (callback) => callback.result),
      byFault: countBy(callbacks, (callback) => callback.fault),
    },
    requestFaults: countBy(requestFaults, (request) => request.fault),
  };
}

function countBy<T>(items: readonly T[], nameOf: (item: T) => string | null): Record<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const name = nameOf(item);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
