import { Hono } from 'hono';
import type { Carrier } from '../carrier.ts';
import { receiveReply } from '../inbound.ts';
import { summarize } from '../ledger.ts';
import { isPhoneNumber } from '../wire/phone.ts';

/** The simulator's own side: its ledger to read, and a way to text in as any lead. No part of Twilio's API. */
export function inspectionRoutes(carrier: Carrier) {
  const { ledger } = carrier;
  return (
    new Hono()
      /** Accepted texts, replies and refused texts, oldest first. */
      .get('/messages', (c) =>
        c.json({
          texts: ledger.texts,
          replies: ledger.replies,
          refusals: ledger.refusals.filter(({ kind }) => kind === 'sms'),
          optOuts: ledger.optOuts,
        }),
      )
      /** Accepted and refused calls, oldest first. */
      .get('/calls', (c) =>
        c.json({ calls: ledger.calls, refusals: ledger.refusals.filter(({ kind }) => kind === 'call') }),
      )
      /** Every request made to the product, and every one that a fault held back. */
      .get('/callbacks', (c) => c.json({ callbacks: ledger.callbacks, requestFaults: ledger.requestFaults }))
      .get('/summary', (c) => c.json(summarize(ledger)))
      /** Texts in as a lead: `{from, to, body}`, E.164 numbers. 201 with the reply; 400 with what is wrong. */
      .post('/inbound', async (c) => {
        const asked = (await c.req.json().catch(() => null)) as Record<string, unknown> | null;
        const [from, to, body] = [asked?.from, asked?.to, asked?.body];
        if (typeof from !== 'string' || !isPhoneNumber(from))
          return c.json({ error: 'from must be E.164' }, 400);
        if (typeof to !== 'string' || !isPhoneNumber(to)) return c.json({ error: 'to must be E.164' }, 400);
        if (typeof body !== 'string' || body === '') return c.json({ error: 'body must be a text' }, 400);
        return c.json(await receiveReply(carrier, { from, to, body }), 201);
      })
  );
}
