import type { CarrierCall } from '#domain/carrier-records.ts';

export type { CarrierCall };

export type PlaceCallRequest = {
  to: string;
  from: string;
  /** Absolute URL that the carrier asks, once somebody answers, what to say. */
  voiceUrl: string;
  /** Absolute URL that the carrier calls at every status; it carries the ledger key. */
  statusCallbackUrl: string;
  /** How long to let it ring, in seconds. */
  ringSeconds: number;
};

export type PlaceCallResult =
  { outcome: 'accepted'; call: CarrierCall } | { outcome: 'rejected'; errorCode: string; message: string };

/** The port to whoever carries calls. Faults as in `MessagingProvider`. */
export type VoiceProvider = {
  placeCall(request: PlaceCallRequest): Promise<PlaceCallResult>;
  fetchCall(sid: string): Promise<CarrierCall | null>;
  listCalls(query: { to: string; from: string; since: Date; until: Date }): Promise<CarrierCall[]>;
};
