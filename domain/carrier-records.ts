import type { AnsweredBy, CarrierCallStatus, CarrierMessageStatus } from './carrier-status.ts';

/** A text as the carrier's own records show it. Instants are UTC; `priceCents` is what we are charged, if known. */
export type CarrierMessage = {
  sid: string;
  to: string;
  from: string;
  body: string;
  direction: 'inbound' | 'outbound';
  status: CarrierMessageStatus;
  segments: number;
  priceCents: number | null;
  errorCode: string | null;
  createdAt: Date;
};

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
