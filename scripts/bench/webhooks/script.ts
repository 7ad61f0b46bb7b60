import { draw } from '#simulator/draw.ts';
import { sign, statusForm, statusPath } from '#scripts/chaos/attacks/storm/deliveries.ts';
import type { Delivery, Signer } from '#scripts/chaos/attacks/storm/deliveries.ts';
import type { Touch, TouchedOrganization } from '#scripts/chaos/attacks/storm/touches.ts';

/** What part of the requests has been sent before. */
export const shareOfDuplicates = 0.3;

/** One text of three brings a reply; a duplicate comes up to so many requests after its first. */
const repliesEvery = 3;
const comesBackWithin = 900;

/**
 * What the carrier reports of these touches: three statuses of every text, four of every call, and replies, in the order
 * of their lives, and among them again what has come before.
 */
export function carrierReports(signer: Signer, { texts, calls }: TouchedOrganization): Delivery[] {
  const status = (touch: Touch, name: string, more: Record<string, string> = {}) =>
    sign(signer, statusPath(touch), statusForm(touch, name, more));
  const lives = [
    ...texts.map((touch, nr) => [
      status(touch, 'queued'),
      status(touch, 'sent'),
      status(touch, 'delivered', { Price: '-0.00790' }),
      ...(nr % repliesEvery === 0 ? [reply(signer, touch)] : []),
    ]),
    ...calls.map((touch) => [
      status(touch, 'initiated'),
      status(touch, 'ringing'),
      status(touch, 'in-progress'),
      status(touch, 'completed', { AnsweredBy: 'human', CallDuration: '12' }),
    ]),
  ];
  // Lives begin one after the other and overlap.
  const first = lives
    .flatMap((life, nr) => life.map((delivery, step) => ({ delivery, at: draw('life', nr) + step / 20 })))
    .toSorted((a, b) => a.at - b.at)
    .map(({ delivery }) => delivery);
  const again = shareOfDuplicates / (1 - shareOfDuplicates);
  const duplicates = Array.from({ length: Math.round(first.length * again) }, (_, nr) => {
    const of = Math.floor(draw('which', nr) * first.length);
    return { delivery: first[of]!, at: of + 0.5 + draw('when', nr) * comesBackWithin };
  });
  return [...first.map((delivery, at) => ({ delivery, at })), ...duplicates]
    .toSorted((a, b) => a.at - b.at)
    .map(({ delivery }) => delivery);
}

/** Whom the reports make the product signal. */
export function signalled({ texts, calls }: TouchedOrganization): Touch[] {
  return [...texts.filter((_, nr) => nr % repliesEvery === 0), ...calls];
}

export function reply(signer: Signer, { phone, ourNumber, sid }: Touch): Delivery {
  const form = { MessageSid: `${sid}r`, From: phone, To: ourNumber, Body: 'Yes please', NumSegments: '1' };
  return sign(signer, '/webhooks/twilio/sms', form);
}
