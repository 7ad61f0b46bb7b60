import type { LedgerCall, LedgerReply, LedgerText } from '../ledger.ts';
import { rfc2822 } from './dates.ts';

/**
 * The form fields of Twilio's webhooks. Sources: Twilio, "Track outbound message status", "Twilio's request to your
 * incoming message webhook URL", "Calls resource: StatusCallback parameters", "TwiML Voice: Twilio's request".
 */
const apiVersion = '2010-04-01';

export function textCallbackParams(accountSid: string, text: LedgerText, at: Date): Record<string, string> {
  return {
    AccountSid: accountSid,
    ApiVersion: apiVersion,
    From: text.from,
    MessageSid: text.sid,
    MessageStatus: text.status,
    SmsSid: text.sid,
    SmsStatus: text.status,
    To: text.to,
    ...(text.errorCode === null ? {} : { ErrorCode: text.errorCode }),
    ...(text.status === 'sent' ? {} : { RawDlrDoneDate: receiptDate(at) }),
  };
}

/** The place fields are sent empty when Twilio does not know them, and are signed all the same. */
export function inboundParams(accountSid: string, reply: LedgerReply): Record<string, string> {
  return {
    AccountSid: accountSid,
    ApiVersion: apiVersion,
    Body: reply.body,
    From: reply.from,
    FromCity: '',
    FromCountry: 'US',
    FromState: '',
    FromZip: '',
    MessageSid: reply.sid,
    NumMedia: '0',
    NumSegments: String(reply.segments),
    SmsMessageSid: reply.sid,
    SmsSid: reply.sid,
    SmsStatus: 'received',
    To: reply.to,
    ToCity: '',
    ToCountry: 'US',
    ToState: '',
    ToZip: '',
  };
}

export function callCallbackParams(
  accountSid: string,
  call: LedgerCall,
  at: Date,
  sequenceNumber: number,
): Record<string, string> {
  return {
    ...voiceParams(accountSid, call),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(sequenceNumber),
    Timestamp: rfc2822(at),
    ...(call.durationSeconds === null
      ? {}
      : {
          CallDuration: String(call.durationSeconds),
          Duration: String(Math.ceil(call.durationSeconds / 60)),
        }),
    ...(call.endedAt === null ? {} : { SipResponseCode: sipCodes[call.status] ?? '200' }),
  };
}

/** The request for what to say; also the part that every request about a call shares. */
export function voiceParams(accountSid: string, call: LedgerCall): Record<string, string> {
  return {
    AccountSid: accountSid,
    ApiVersion: apiVersion,
    Called: call.to,
    Caller: call.from,
    CallSid: call.sid,
    CallStatus: call.status,
    Direction: 'outbound-api',
    From: call.from,
    To: call.to,
    ...(call.answeredBy === null ? {} : { AnsweredBy: call.answeredBy }),
  };
}

const sipCodes: Record<string, string> = { busy: '486', 'no-answer': '487', failed: '404' };

/** YYMMDDhhmm, as delivery receipts carry it. */
function receiptDate(at: Date): string {
  return at.toISOString().replace(/\D/g, '').slice(2, 12);
}
