import type { AnsweredBy, CarrierCallStatus, CarrierMessageStatus } from '#domain/carrier-status.ts';
import { toAnsweredBy, toCallStatus, toMessageStatus } from '#providers/twilio/records.ts';

/*
 * The fields of the carrier's webhooks that we use. Sources: Twilio, "Track outbound message status", "Twilio's request to
 * your incoming message webhook URL", "Calls resource: StatusCallback parameters".
 */

type Form = Record<string, string>;

/** Our own key of a touch, which the status callback's signed URL carries; stored beside the form's fields. */
export const touchIdField = 'touchId';

export type InboundForm = {
  sid: string;
  from: string;
  to: string;
  body: string;
  segments: number | null;
  /** The carrier answers STOP and HELP in our name already (Twilio, "Advanced Opt-Out": `OptOutType`). */
  answeredByCarrier: boolean;
};

export function readInboundText(form: Form): InboundForm {
  return {
    sid: form.MessageSid ?? '',
    from: form.From ?? '',
    to: form.To ?? '',
    body: form.Body ?? '',
    segments: wholeNumber(form.NumSegments),
    answeredByCarrier: Boolean(form.OptOutType),
  };
}

type StatusForm = { touchId: string; sid: string; errorCode: string | null; priceCents: number | null };

export function readMessageStatus(form: Form): StatusForm & { status: CarrierMessageStatus } {
  return { ...statusForm(form, form.MessageSid), status: toMessageStatus(form.MessageStatus ?? '') };
}

export function readCallStatus(form: Form): StatusForm & {
  status: CarrierCallStatus;
  answeredBy: AnsweredBy | null;
  durationSeconds: number | null;
} {
  return {
    ...statusForm(form, form.CallSid),
    status: toCallStatus(form.CallStatus ?? ''),
    answeredBy: toAnsweredBy(form.AnsweredBy),
    durationSeconds: wholeNumber(form.CallDuration),
  };
}

function statusForm(form: Form, sid: string | undefined): StatusForm {
  return {
    touchId: form[touchIdField] ?? '',
    sid: sid ?? '',
    errorCode: form.ErrorCode || null,
    priceCents: cents(form.Price),
  };
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** Prices are negative decimal dollars, and most callbacks carry none. Fractions of a cent are kept. */
function cents(text: string | undefined): number | null {
  if (!text) return null;
  const dollars = Math.abs(Number(text));
  return Number.isFinite(dollars) ? Math.round(dollars * 1e6) / 1e4 : null;
}
