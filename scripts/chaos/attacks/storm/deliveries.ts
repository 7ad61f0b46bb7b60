import { randomUUID } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { TestApi } from '#api/testing/test-api.ts';
import type { Touch } from './touches.ts';

/** A request as it comes in over the wire; sending it again is a replay. */
export type Delivery = { path: string; signature: string | null; body: string };

export type Signer = { authToken: string; publicUrl: string };

/** A webhook as the carrier signs it. `over` replaces what is signed, the rest is sent as it is. */
export function sign(
  { authToken, publicUrl }: Signer,
  path: string,
  form: Record<string, string>,
  over: { url?: string; token?: string; form?: Record<string, string> } = {},
): Delivery {
  const url = over.url ?? `${publicUrl}${path}`;
  return {
    path,
    signature: getExpectedTwilioSignature(over.token ?? authToken, url, over.form ?? form),
    body: new URLSearchParams(form).toString(),
  };
}

export async function deliver(api: TestApi, { path, signature, body }: Delivery): Promise<number> {
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  if (signature !== null) headers['x-twilio-signature'] = signature;
  return (await api.call(path, { method: 'POST', headers, body })).status;
}

export function statusPath(touch: Pick<Touch, 'id' | 'organizationId' | 'channel'>): string {
  const kind = touch.channel === 'sms' ? 'sms-status' : 'voice-status';
  return `/webhooks/twilio/${kind}?organizationId=${touch.organizationId}&touchId=${touch.id}`;
}

export function statusForm(
  touch: Pick<Touch, 'channel' | 'sid'>,
  status: string,
  more: Record<string, string> = {},
): Record<string, string> {
  return touch.channel === 'sms'
    ? { MessageSid: touch.sid, MessageStatus: status, ...more }
    : { CallSid: touch.sid, CallStatus: status, ...more };
}

/** A status that no honest delivery of the storm carries: a row with it is a forgery that was taken. */
export const forgedStatus = { sms: 'undelivered', call: 'canceled' } as const;

/** What somebody without the token can try against a touch, each of which must be refused as a forgery. */
export function forgeries(signer: Signer, touch: Touch, other: Touch): Delivery[] {
  const path = statusPath(touch);
  const form = statusForm(touch, forgedStatus[touch.channel]);
  const honest = statusForm(touch, 'sent');
  const genuine = sign(signer, path, honest);
  const url = `${signer.publicUrl}${path}`;
  const body = new URLSearchParams(form).toString();
  return [
    { path, body, signature: null },
    { path, body, signature: '' },
    { path, body, signature: genuine.signature!.toLowerCase() },
    { path, body, signature: Buffer.from(randomUUID()).toString('base64') },
    // The right signature of another form, of another touch's URL, of a neighbour's path, host or scheme.
    { path, body, signature: genuine.signature },
    sign(signer, path, form, { form: { ...form, Extra: '1' } }),
    sign(signer, path, form, { url: `${signer.publicUrl}${statusPath(other)}` }),
    sign(signer, path, form, { url: url.replace('-status', '') }),
    sign(signer, path, form, { url: `${url}&again=1` }),
    sign(signer, path, form, { url: url.replace('https:', 'http:') }),
    sign(signer, path, form, { url: url.replace('leads.', 'elsewhere.') }),
    sign(signer, path, form, { token: 'a-token-that-somebody-guessed' }),
    sign(signer, path, form, { token: '' }),
  ];
}

/** Authentic, but mixing up whose touch and whose sid it is: known nowhere, so nothing may come of it. */
export function misdirected(signer: Signer, touch: Touch, foreign: Touch): Delivery[] {
  const status = forgedStatus[touch.channel];
  const about = (where: Touch, whose: Touch) =>
    sign(signer, statusPath({ ...where, channel: touch.channel }), statusForm(whose, status));
  return [
    // Their sid on our touch, our sid on theirs, our touch in their name, and a touch that nobody has.
    about(touch, foreign),
    about(foreign, touch),
    about({ ...touch, organizationId: foreign.organizationId }, touch),
    about({ ...touch, id: randomUUID() }, touch),
  ];
}
