import { createAnnouncer } from './announcements.ts';
import type { Carrier } from './carrier.ts';
import { drawCallbackFault } from './faults.ts';
import { receiveReply } from './inbound.ts';
import type { LedgerText } from './ledger.ts';
import { textOutcome } from './persona.ts';
import type { Step } from './scheduler.ts';
import { countSegments } from './segments.ts';
import { newSid } from './sids.ts';
import { textCallbackParams } from './wire/callback-params.ts';

/** A text that the carrier has agreed to send. */
export type TextOrder = { to: string; from: string; body: string; statusCallbackUrl: string | null };

/** Writes an accepted text into the ledger. Synchronous, so that its attempt number cannot be given twice. */
export function acceptText(carrier: Carrier, order: TextOrder, createdAt: Date): LedgerText {
  const attempt = (carrier.countOf('sms', order.to).value += 1);
  const text: LedgerText = {
    ...order,
    sid: newSid('SM'),
    segments: countSegments(order.body),
    attempt,
    createdAt,
    status: 'queued',
    statuses: [{ status: 'queued', at: createdAt }],
    errorCode: null,
  };
  carrier.ledger.texts.push(text);
  return text;
}

/** Lets an accepted text take its course: sent, delivered or not, and perhaps answered. */
export async function sendText(carrier: Carrier, text: LedgerText): Promise<void> {
  const { seed, clock, course, sender, faults } = carrier;
  const outcome = textOutcome(seed, text.to, carrier.personaAt(text.to), text.attempt);
  const fault = drawCallbackFault(faults, seed, { kind: 'sms', phone: text.to, attempt: text.attempt });
  const announcer = createAnnouncer(fault, { sender, course });

  async function reach(status: LedgerText['status'], isLast: boolean): Promise<void> {
    const at = await clock.now();
    text.status = status;
    text.statuses.push({ status, at });
    if (isLast) text.errorCode = outcome.errorCode;
    if (text.statusCallbackUrl === null) return;
    const params = textCallbackParams(carrier.accountSid, text, at);
    await announcer.announce(
      { kind: 'sms-status', sid: text.sid, status, url: text.statusCallbackUrl, params },
      isLast,
    );
  }

  const { reply } = outcome;
  const steps: Step[] = [
    { afterMs: outcome.sentAfterMs, run: () => reach('sent', false) },
    {
      afterMs: outcome.settledAfterMs,
      run: () => reach(outcome.errorCode ? 'undelivered' : 'delivered', true),
    },
  ];
  if (reply) {
    const incoming = { from: text.to, to: text.from, body: reply.body };
    steps.push({
      afterMs: reply.delayMs,
      run: async () => {
        await receiveReply(carrier, incoming);
      },
    });
  }
  await course.play(steps);
}
