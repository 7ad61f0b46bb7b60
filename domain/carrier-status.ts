/**
 * The statuses a carrier reports, in the order in which they can follow each other. A status only ever moves up its
 * order, so a duplicate or late callback changes nothing.
 * Source: Twilio, "Message Status Values" and "Call Status Values".
 */
export const carrierMessageStatuses = [
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
  'received',
  'delivered',
  'undelivered',
  'failed',
  'canceled',
] as const;
export type CarrierMessageStatus = (typeof carrierMessageStatuses)[number];

export const carrierCallStatuses = [
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'no-answer',
  'failed',
  'canceled',
] as const;
export type CarrierCallStatus = (typeof carrierCallStatuses)[number];

/** Answering-machine detection's verdicts. Source: Twilio, "Answering Machine Detection", AnsweredBy. */
export const answeredByValues = [
  'human',
  'machine_start',
  'machine_end_beep',
  'machine_end_silence',
  'machine_end_other',
  'fax',
  'unknown',
] as const;
export type AnsweredBy = (typeof answeredByValues)[number];

const messageRank: Record<CarrierMessageStatus, number> = {
  accepted: 0,
  scheduled: 0,
  queued: 1,
  sending: 2,
  sent: 3,
  received: 4,
  delivered: 4,
  undelivered: 4,
  failed: 4,
  canceled: 4,
};

const callRank: Record<CarrierCallStatus, number> = {
  queued: 0,
  initiated: 1,
  ringing: 2,
  'in-progress': 3,
  completed: 4,
  busy: 4,
  'no-answer': 4,
  failed: 4,
  canceled: 4,
};

/** True when `next` is news after `current`: strictly further up the order. The first final status stays. */
export function messageStatusAdvances(
  current: CarrierMessageStatus | null,
  next: CarrierMessageStatus,
): boolean {
  return current === null || messageRank[next] > messageRank[current];
}

/** As `messageStatusAdvances`, for calls. */
export function callStatusAdvances(current: CarrierCallStatus | null, next: CarrierCallStatus): boolean {
  return current === null || callRank[next] > callRank[current];
}

export function isFinalCallStatus(status: CarrierCallStatus): boolean {
  return callRank[status] === 4;
}

/** What a call came to, in the words that journeys branch on. */
export const callOutcomes = ['answered', 'voicemail', 'busy', 'no_answer', 'failed'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** The outcome of a call with a final status; null while it is still going on. */
export function callOutcome(status: CarrierCallStatus, answeredBy: AnsweredBy | null): CallOutcome | null {
  switch (status) {
    case 'completed':
      return answeredBy !== null && (answeredBy.startsWith('machine') || answeredBy === 'fax')
        ? 'voicemail'
        : 'answered';
    case 'busy':
      return 'busy';
    case 'no-answer':
      return 'no_answer';
    case 'failed':
    case 'canceled':
      return 'failed';
    default:
      return null;
  }
}
