import { publicUrl, testEnvironment } from '#api/testing/test-api.ts';
import { chooseOne, draw } from '#simulator/draw.ts';
import { sign, statusForm, statusPath } from './deliveries.ts';
import type { Delivery } from './deliveries.ts';
import type { Touch } from './touches.ts';

export const signer = { authToken: testEnvironment.TWILIO_AUTH_TOKEN, publicUrl };
/** Twilio: the recipient has replied STOP to this sender. */
const optedOutAtCarrier = '21610';
const callFinals = ['completed', 'busy', 'no-answer', 'failed'] as const;
const outcomeOf = { completed: 'answered', busy: 'busy', 'no-answer': 'no_answer', failed: 'failed' };

/** One honest callback of a touch. */
export type Callback = { status: string; key: string; delivery: Delivery };

/** What the storm must have come to. */
type Expected = { inbox: Set<string>; signals: string[] };

/** Four callbacks in the touch's own of all 24 orders. */
export function callbacksOf(touch: Touch, nr: number): Callback[] {
  const order = orders[nr % orders.length]!;
  const callFinal = chooseOne(draw('final', nr), callFinals);
  const statuses =
    touch.channel === 'sms'
      ? (['queued', 'sent', 'delivered', 'failed'] as const)
      : (['initiated', 'ringing', 'in-progress', callFinal] as const);
  return order.map((index) => {
    const status = statuses[index]!;
    const more: Record<string, string> = {};
    if (status === 'failed' && touch.channel === 'sms')
      more.ErrorCode = isOptOut(nr) ? optedOutAtCarrier : '30003';
    if (status === 'completed') Object.assign(more, { AnsweredBy: 'human', CallDuration: '12' });
    const path = statusPath(touch);
    const kind = touch.channel === 'sms' ? 'sms-status' : 'voice-status';
    const dedupe = [touch.sid, status, ...(more.AnsweredBy ? [more.AnsweredBy] : [])].join(':');
    return {
      status,
      key: `${touch.organizationId} ${kind} ${dedupe}`,
      delivery: sign(signer, path, statusForm(touch, status, more)),
    };
  });
}

const isOptOut = (nr: number) => nr % 11 === 3;

export type Reply = { touch: Touch; body: string; key: string; delivery: Delivery };

export function replyOf(touch: Touch, nr: number): Reply {
  const body = nr % 4 === 0 ? 'STOP' : 'Yes please';
  const form = inboundForm(touch, body, 'reply');
  return {
    touch,
    body,
    key: `${touch.organizationId} sms ${form.MessageSid}`,
    delivery: sign(signer, '/webhooks/twilio/sms', form),
  };
}

export function inboundForm(touch: Touch, body: string, nr: string) {
  return {
    MessageSid: `SM${nr}${touch.sid.slice(2)}`,
    From: touch.phone,
    To: touch.ourNumber,
    Body: body,
    NumSegments: '1',
  };
}

export function expectation(
  touches: Touch[],
  callbacks: Map<string, Callback[]>,
  replies: Reply[],
): Expected {
  const all = touches.flatMap(({ id }) => callbacks.get(id)!);
  const inbox = new Set([...all, ...replies].map(({ key }) => key));
  const signals = replies.map(({ touch, body }) =>
    body === 'STOP' ? `opt-out ${touch.workflowId}` : `inbound-sms yes ${touch.workflowId}`,
  );
  touches.forEach((touch, nr) => {
    if (touch.channel === 'sms') {
      if (isOptOut(nr)) signals.push(`opt-out ${touch.workflowId}`);
      return;
    }
    const final = callbacks.get(touch.id)!.find(({ status }) => status in outcomeOf)!;
    const outcome = outcomeOf[final.status as keyof typeof outcomeOf];
    signals.push(`call-status ${outcome} ${touch.workflowId}`);
  });
  return { inbox, signals };
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

const orders = permutations([0, 1, 2, 3]);
