import type { Carrier } from './carrier.ts';
import { isStartKeyword, isStopKeyword } from './carrier-keywords.ts';
import { drawCallbackFault } from './faults.ts';
import type { LedgerReply } from './ledger.ts';
import { countSegments } from './segments.ts';
import { newSid } from './sids.ts';
import { inboundParams } from './wire/callback-params.ts';

/**
 * A lead's text reaches the carrier, which heeds an opt-out or opt-in keyword at once and then tells the product.
 * Resolves when the product has been told, or could not be.
 */
export async function receiveReply(
  carrier: Carrier,
  incoming: { from: string; to: string; body: string },
): Promise<LedgerReply> {
  const { seed, clock, ledger, sender, faults } = carrier;
  const sentAt = await clock.now();
  const reply: LedgerReply = {
    ...incoming,
    sid: newSid('SM'),
    segments: countSegments(incoming.body),
    optOut: isStopKeyword(incoming.body),
    sentAt,
    deliveredAt: null,
  };
  ledger.replies.push(reply);
  heedKeyword(carrier, reply);

  const attempt = (carrier.countOf('inbound', reply.from).value += 1);
  const fault = drawCallbackFault(faults, seed, { kind: 'inbound', phone: reply.from, attempt });
  const copies = fault?.name === 'duplicate_callback' ? fault.copies : 1;
  const params = inboundParams(carrier.accountSid, reply);
  const deliver = async () => {
    const answer = await sender.send({
      kind: 'sms',
      sid: reply.sid,
      status: 'received',
      url: carrier.inboundWebhookUrl,
      params,
      fault: fault?.name ?? null,
    });
    if (answer && answer.httpStatus >= 200 && answer.httpStatus < 300)
      reply.deliveredAt ??= await clock.now();
  };
  await Promise.all(Array.from({ length: copies }, deliver));
  return reply;
}

/** True when the carrier refuses texts from `number` to `phone`. */
export function isOptedOut(carrier: Carrier, phone: string, number: string): boolean {
  return carrier.ledger.optOuts.some((entry) => entry.phone === phone && entry.number === number);
}

function heedKeyword({ ledger }: Carrier, { from, to, body, sentAt }: LedgerReply): void {
  const others = ledger.optOuts.filter((entry) => entry.phone !== from || entry.number !== to);
  if (isStopKeyword(body)) ledger.optOuts = [...others, { phone: from, number: to, at: sentAt }];
  else if (isStartKeyword(body)) ledger.optOuts = others;
}
