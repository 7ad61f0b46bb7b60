import type { AnsweredBy, CarrierCallStatus } from '#domain/carrier-status.ts';

/** A call as the carrier's own records show it. Instants are UTC. */
export type CarrierCall = {
  sid: string;
  to: string;
  from: string;
  status: CarrierCallStatus;
  /** Answering-machine detection's verdict, null until (or unless) the call was answered. */
  answeredBy: AnsweredBy | null;
  durationSeconds: number | null;
  priceCents: number | null;
  createdAt: Date;
};

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
  | { outcome: 'accepted'; call: CarrierCall }
  | { outcome: 'rejected'; errorCode: string; message: string };

/** The port to whoever carries calls. Faults as in `MessagingProvider`. */
export type VoiceProvider = {
  placeCall(request: PlaceCallRequest): Promise<PlaceCallResult>;
  fetchCall(sid: string): Promise<CarrierCall | null>;
  listCalls(query: { to: string; from: string; since: Date; until: Date }): Promise<CarrierCall[]>;
};
