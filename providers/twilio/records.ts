import { answeredByValues, carrierCallStatuses, carrierMessageStatuses } from '#domain/carrier-status.ts';
import type { AnsweredBy, CarrierCallStatus, CarrierMessageStatus } from '#domain/carrier-status.ts';
import type { CallInstance } from 'twilio/lib/rest/api/v2010/account/call.js';
import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message.js';
import type { CarrierMessage } from '../messaging.ts';
import type { CarrierCall } from '../voice.ts';

/** Twilio's message record in the port's words. Throws when it is no such record: the answer cannot be trusted. */
export function toCarrierMessage(record: MessageInstance): CarrierMessage {
  return {
    sid: requireSid(record.sid),
    to: record.to,
    from: record.from,
    body: record.body ?? '',
    direction: record.direction === 'inbound' ? 'inbound' : 'outbound',
    status: toMessageStatus(record.status),
    segments: Number.parseInt(record.numSegments, 10) || 0,
    priceCents: toCents(record.price),
    errorCode: record.errorCode ? String(record.errorCode) : null,
    createdAt: requireDate(record.dateCreated),
  };
}

/** As `toCarrierMessage`, for calls. */
export function toCarrierCall(record: CallInstance): CarrierCall {
  return {
    sid: requireSid(record.sid),
    to: record.to,
    from: record.from,
    status: toCallStatus(record.status),
    answeredBy: toAnsweredBy(record.answeredBy),
    durationSeconds: record.duration ? Number.parseInt(record.duration, 10) : null,
    priceCents: toCents(record.price),
    createdAt: requireDate(record.dateCreated),
  };
}

/** A message status as Twilio spells it, in records and in callbacks alike. One we do not know is no news. */
export function toMessageStatus(status: string): CarrierMessageStatus {
  if (status === 'receiving') return 'received';
  if (status === 'read' || status === 'partially_delivered') return 'delivered';
  return carrierMessageStatuses.find((known) => known === status) ?? 'accepted';
}

/** A call status as Twilio spells it, in records and in callbacks alike. One we do not know is no news. */
export function toCallStatus(status: string): CarrierCallStatus {
  return carrierCallStatuses.find((known) => known === status) ?? 'queued';
}

/** AnsweredBy as Twilio spells it; absent, empty or unheard of is null. */
export function toAnsweredBy(value: string | null | undefined): AnsweredBy | null {
  return answeredByValues.find((known) => known === value) ?? null;
}

/** Twilio prices are negative decimal dollars ("-0.00790"), null until known. Fractions of a cent are kept. */
function toCents(price: string | null | undefined): number | null {
  if (price === null || price === undefined || price === '') return null;
  const dollars = Math.abs(Number(price));
  return Number.isFinite(dollars) ? Math.round(dollars * 1e6) / 1e4 : null;
}

function requireSid(sid: unknown): string {
  if (typeof sid !== 'string' || sid === '') throw new TypeError('a record without a sid');
  return sid;
}

/** The client hands on what it cannot parse as it is, whatever its types say. */
function requireDate(date: unknown): Date {
  if (!(date instanceof Date)) throw new TypeError('a record without a date');
  return date;
}
