import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { verifyTwilioSignature } from '#providers/twilio/signature.ts';
import { Hono } from 'hono';

export type ReceivedWebhook = {
  path: string;
  query: string;
  params: Record<string, string>;
  signed: boolean;
};

/** A product that does nothing but take webhooks, check their signatures and say one sentence to whoever picks up. */
export async function startWebhookReceiver(authToken: string): Promise<{
  url: string;
  received: ReceivedWebhook[];
  /** What to answer with from now on. */
  answerWith(status: number): void;
  close(): Promise<void>;
}> {
  const received: ReceivedWebhook[] = [];
  let status = 200;
  let url = '';
  const app = new Hono().post('*', async (c) => {
    const { pathname, search } = new URL(c.req.url);
    const params = Object.fromEntries(new URLSearchParams(await c.req.text()));
    const signature = c.req.header('x-twilio-signature');
    const signed = verifyTwilioSignature({ authToken, signature, url: `${url}${pathname}${search}`, params });
    received.push({ path: pathname, query: search, params, signed });
    return new Response('<Response><Say voice="alice">Hello &amp; welcome</Say></Response>', {
      status,
      headers: { 'content-type': 'text/xml' },
    });
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    received,
    answerWith: (next) => {
      status = next;
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}
