import { plausibleZones } from '#domain/compliance/lead-zones.ts';
import { classifyKeyword } from '#domain/compliance/opt-out.ts';
import { mayBeRefusal } from '#domain/compliance/reply-doubt.ts';
import { classifyReply } from '#domain/compliance/reply-intent.ts';
import type { ReplyIntent } from '#domain/compliance/reply-intent.ts';
import { isE164 } from '#domain/phone.ts';
import { openConsentReview } from '#db/queries/consent-reviews.ts';
import { recordWords } from '#db/queries/consents.ts';
import {
  createInboundLead,
  findInboundText,
  lockAndReadLane,
  storeInboundText,
} from '#db/queries/inbound.ts';
import type { Lane, StoredText } from '#db/queries/inbound.ts';
import { runningWorkflowsOfNumber } from '#db/queries/lanes.ts';
import type { InboxRow } from '#db/queries/webhook-inbox.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { readInboundText } from './carrier-forms.ts';
import type { InboundForm } from './carrier-forms.ts';

export type ReceivedText = StoredText & {
  /** The running journeys that hear of it: of everybody with that number, or of the campaign that an opt-out is about. */
  workflowIds: string[];
};

/**
 * Takes in a text from outside: the message, who it is from, and what it does to our right to write to that number.
 * Repeating it changes nothing and answers the same.
 */
export async function receiveText(
  tx: TenantTransaction,
  organizationId: string,
  row: Pick<InboxRow, 'payload' | 'receivedAt'>,
): Promise<ReceivedText> {
  const form = readInboundText(row.payload);
  const lane = await lockAndReadLane(tx, organizationId, { phone: form.from, ourNumber: form.to });
  let text = await findInboundText(tx, form.sid);
  if (text === null) {
    await store(tx, organizationId, form, lane, row.receivedAt);
    text = (await findInboundText(tx, form.sid))!;
  }
  const campaignId = text.intent === 'stop' ? text.campaignId : null;
  return {
    ...text,
    isAnswered: text.isAnswered && isE164(form.from) && !form.answeredByCarrier,
    workflowIds: await runningWorkflowsOfNumber(tx, form.from, campaignId),
  };
}

async function store(
  tx: TenantTransaction,
  organizationId: string,
  form: InboundForm,
  lane: Lane,
  receivedAt: string,
): Promise<void> {
  const keyword = classifyKeyword(form.body, { optedOut: lane.optedOut });
  const intent: ReplyIntent = keyword ?? classifyReply(form.body);
  const leadId = lane.leadId ?? (await leadOfUnknownSender(tx, organizationId, form.from));
  const messageId = await storeInboundText(tx, organizationId, {
    sid: form.sid,
    phone: form.from,
    ourNumber: form.to,
    body: form.body,
    segments: form.segments,
    intent,
    leadId,
    receivedAt,
  });
  if (intent === 'stop' || intent === 'start') {
    await recordWords(tx, organizationId, {
      phone: form.from,
      kind: intent === 'stop' ? 'opt_out' : 'opt_in',
      // A refusal in the person's own words counts as much as the keyword does (47 CFR 64.1200(a)(10)).
      source: keyword === null ? 'reply' : 'keyword',
      text: form.body,
      messageId,
      campaignId: lane.campaignId,
      repeats: intent === 'stop' && lane.optedOut,
      receivedAt,
    });
  } else if (!lane.optedOut && keyword === null && mayBeRefusal(form.body)) {
    await openConsentReview(tx, organizationId, { phone: form.from, messageId, leadId });
  }
}

/** A short code or a sender's name is nobody whom a campaign could reach. */
async function leadOfUnknownSender(
  tx: TenantTransaction,
  organizationId: string,
  phone: string,
): Promise<string | null> {
  if (!isE164(phone)) return null;
  return createInboundLead(tx, organizationId, { phone, timeZones: plausibleZones({ phone }).zones });
}
