import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { readCallStatus, readInboundText, readMessageStatus, touchIdField } from '../inbox/carrier-forms.ts';
import { maxBody, kibibyte } from '../middleware/body-size.ts';
import { carrierSigned } from '../middleware/carrier-signature.ts';
import type { CarrierEnv } from '../middleware/carrier-signature.ts';
import { Problem } from '../problem.ts';
import { createRouter } from '../router.ts';
import { id } from '../schemas/common.ts';
import { emptyTwiml, twiml } from '../voice/twiml.ts';
import { problems } from './describe.ts';

const form = {
  required: true,
  content: {
    'application/x-www-form-urlencoded': {
      schema: { type: 'object', additionalProperties: { type: 'string' } } as const,
    },
  },
};
const refused = problems({ 403: ['BAD_SIGNATURE'], 404: ['UNKNOWN_NUMBER', 'UNKNOWN_TOUCH'] });

/** A route that only the carrier may call. */
export const carrierRoute = <Path extends string>(
  path: Path,
  kind: string,
  summary: string,
  description: string,
) =>
  ({
    method: 'post',
    path,
    tags: ['Carrier webhooks'],
    summary,
    description,
    middleware: [maxBody(64 * kibibyte), carrierSigned(kind)],
    request: { body: form },
  }) satisfies Partial<Parameters<typeof createRoute>[0]>;

const inbound = createRoute({
  ...carrierRoute(
    '/sms',
    'sms',
    'A text from outside',
    "Stored once by the carrier's sid and acknowledged; the journeys hear of it afterwards.",
  ),
  responses: {
    200: {
      description: 'Taken; nothing is answered to the sender.',
      content: { 'text/xml': { schema: z.string() } },
    },
    ...refused,
  },
});

const statusDescription =
  'Stored once by sid and status and acknowledged. The signed URL carries `organizationId` and `touchId`, our key of the touch. Statuses only move up: duplicates and late ones change nothing.';
const taken = { 204: { description: 'Taken.' }, ...refused };
const smsStatus = createRoute({
  ...carrierRoute('/sms-status', 'sms-status', 'A status of a text', statusDescription),
  responses: taken,
});
const voiceStatus = createRoute({
  ...carrierRoute('/voice-status', 'voice-status', 'A status of a call', statusDescription),
  responses: taken,
});

/** The carrier's messages: verified, stored once, acknowledged, and only then worked on. */
export function twilioWebhookRoutes() {
  return createRouter()
    .openapi(inbound, async (c) => {
      const { form: payload, deps } = carrier(c);
      const { sid, to } = readInboundText(payload);
      if (sid === '') throw unknown(c, 'sms', 'UNKNOWN_NUMBER');
      const result = await deps.inbox.acceptText({ ourNumber: to, dedupeKey: sid, payload });
      if (result === 'unknown') throw unknown(c, 'sms', 'UNKNOWN_NUMBER');
      deps.metrics.webhooks.inc({ kind: 'sms', result });
      return twiml(c, emptyTwiml);
    })
    .openapi(smsStatus, async (c) => {
      const { sid, status } = readMessageStatus(carrier(c).form);
      await acceptStatus(c, 'sms-status', sid, `${sid}:${status}`);
      return c.body(null, 204);
    })
    .openapi(voiceStatus, async (c) => {
      const { sid, status, answeredBy } = readCallStatus(carrier(c).form);
      await acceptStatus(c, 'voice-status', sid, [sid, status, answeredBy].filter(Boolean).join(':'));
      return c.body(null, 204);
    });
}

/** The context of a route behind `carrierSigned`. */
export function carrier(c: Context) {
  return (c as unknown as Context<CarrierEnv>).var;
}

const touchQuery = z.object({ organizationId: id, touchId: id });

/** Of which touch the signed URL speaks; null when it names none. */
export function touchOf(c: Context): z.infer<typeof touchQuery> | null {
  const { data } = touchQuery.safeParse(c.req.query());
  return data ?? null;
}

async function acceptStatus(
  c: Context,
  kind: 'sms-status' | 'voice-status',
  sid: string,
  dedupeKey: string,
): Promise<void> {
  const { deps, form: fields } = carrier(c);
  const touch = touchOf(c);
  if (touch === null || sid === '') throw unknown(c, kind, 'UNKNOWN_TOUCH');
  const { organizationId, touchId } = touch;
  const payload = { ...fields, [touchIdField]: touchId };
  const result = await deps.inbox.acceptStatus(
    { organizationId, kind, dedupeKey, payload },
    { id: touchId, sid },
  );
  if (result === 'unknown') throw unknown(c, kind, 'UNKNOWN_TOUCH');
  deps.metrics.webhooks.inc({ kind, result });
}

/** Authentic, but about nothing that we know: told to the operator without the number. */
export function unknown(c: Context, kind: string, code: 'UNKNOWN_NUMBER' | 'UNKNOWN_TOUCH'): Problem {
  const { deps, requestId } = carrier(c);
  deps.metrics.webhooks.inc({ kind, result: 'unknown' });
  deps.logger.warn({ requestId, kind, code }, 'a webhook is about nothing that is known here');
  const what = code === 'UNKNOWN_NUMBER' ? 'number' : 'text or call';
  return new Problem(404, code, `There is no such ${what} here.`);
}
