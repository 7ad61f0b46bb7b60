import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { verifyTwilioSignature } from '#providers/twilio/signature.ts';
import type { ApiEnv } from '../context.ts';
import { Problem } from '../problem.ts';

export type CarrierEnv = ApiEnv & { Variables: ApiEnv['Variables'] & { form: Record<string, string> } };

/**
 * Lets through what the carrier has signed, and leaves its fields in `form`. The signature covers the configured public
 * URL with the path and query as they came: what a proxy in between made of host and scheme was never signed.
 */
export const carrierSigned = (kind: string) =>
  createMiddleware<CarrierEnv>(async (c, next) => {
    const fields = new URLSearchParams(await c.req.text());
    const params: Record<string, string | string[]> = {};
    for (const name of new Set(fields.keys())) {
      const values = fields.getAll(name);
      params[name] = values.length === 1 ? values[0]! : values;
    }
    const { config, logger, metrics } = c.var.deps;
    const authentic = verifyTwilioSignature({
      authToken: config.carrier.authToken,
      signature: c.req.header('X-Twilio-Signature'),
      url: config.publicUrl + rawPathAndQuery(c),
      params,
    });
    if (!authentic) {
      metrics.webhooks.inc({ kind, result: 'forged' });
      logger.warn({ requestId: c.var.requestId, kind }, 'a webhook without a valid signature was refused');
      throw new Problem(403, 'BAD_SIGNATURE', 'The request is not signed by the carrier.');
    }
    c.set('form', Object.fromEntries([...fields].map(([name, value]) => [name, storable(value)])));
    await next();
  });

function rawPathAndQuery(c: Context): string {
  return c.req.url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '');
}

/** Postgres holds every character of a text but this one. */
function storable(value: string): string {
  return value.replaceAll('\u0000', '');
}
