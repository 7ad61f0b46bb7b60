import type { LedgerCall, LedgerReply, LedgerText } from '../ledger.ts';
import { rfc2822 } from './dates.ts';

/** What one segment and one begun minute cost, in dollars: about Twilio's list prices in the US. */
const dollarsPerSegment = 0.0083;
const dollarsPerMinute = 0.014;

/** An outbound text as Twilio's API shows it. Its date_sent and price are unknown until it has left. */
export function textResource(accountSid: string, text: LedgerText): Record<string, unknown> {
  const sentAt = text.statuses.find(({ status }) => status === 'sent')?.at ?? null;
  return {
    ...messageFields(accountSid, text),
    direction: 'outbound-api',
    status: text.status,
    date_created: rfc2822(text.createdAt),
    date_updated: rfc2822(text.statuses.at(-1)?.at ?? text.createdAt),
    date_sent: sentAt && rfc2822(sentAt),
    error_code: text.errorCode === null ? null : Number(text.errorCode),
    price: sentAt && (-text.segments * dollarsPerSegment).toFixed(5),
  };
}

/** A lead's text as Twilio's API shows it. */
export function replyResource(accountSid: string, reply: LedgerReply): Record<string, unknown> {
  const date = rfc2822(reply.sentAt);
  return {
    ...messageFields(accountSid, reply),
    direction: 'inbound',
    status: 'received',
    date_created: date,
    date_updated: date,
    date_sent: date,
    error_code: null,
    price: (-reply.segments * dollarsPerSegment).toFixed(5),
  };
}

function messageFields(accountSid: string, message: LedgerText | LedgerReply): Record<string, unknown> {
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.body,
    error_message: null,
    from: message.from,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: String(message.segments),
    price_unit: 'USD',
    sid: message.sid,
    subresource_uris: {},
    to: message.to,
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}.json`,
  };
}

/** A call as Twilio's API shows it. Duration and price are unknown until it has ended. */
export function callResource(accountSid: string, call: LedgerCall): Record<string, unknown> {
  const startedAt = call.statuses.find(({ status }) => status === 'initiated')?.at ?? null;
  return {
    account_sid: accountSid,
    answered_by: call.answeredBy,
    api_version: '2010-04-01',
    caller_name: null,
    date_created: rfc2822(call.createdAt),
    date_updated: rfc2822(call.statuses.at(-1)?.at ?? call.createdAt),
    direction: 'outbound-api',
    duration: call.durationSeconds === null ? null : String(call.durationSeconds),
    end_time: call.endedAt && rfc2822(call.endedAt),
    forwarded_from: null,
    from: call.from,
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: '',
    price: call.endedAt && (-Math.ceil((call.durationSeconds ?? 0) / 60) * dollarsPerMinute).toFixed(5),
    price_unit: 'USD',
    queue_time: '0',
    sid: call.sid,
    start_time: startedAt && rfc2822(startedAt),
    status: call.status,
    subresource_uris: {},
    to: call.to,
    trunk_sid: null,
    uri: `/2010-04-01/Accounts/${accountSid}/Calls/${call.sid}.json`,
  };
}
