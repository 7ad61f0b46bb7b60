import { Hono } from 'hono';
import type { Carrier } from '../carrier.ts';
import { isOptedOut } from '../inbound.ts';
import type { LedgerReply, LedgerText } from '../ledger.ts';
import { type TextOrder, acceptText, sendText } from '../texts.ts';
import { type ErrorCode, errorResponse } from '../wire/errors.ts';
import { dateFilter, pageOf } from '../wire/paging.ts';
import { isPhoneNumber } from '../wire/phone.ts';
import { replyResource, textResource } from '../wire/resources.ts';
import { type FaultyBindings, type FaultyCreation, createUnderFaults } from './under-faults.ts';

/** Twilio's Messages resource: create, list (To, From, DateSent, paging) and fetch. */
export function messageRoutes(carrier: Carrier, creation: FaultyCreation) {
  const { accountSid, clock, ledger } = carrier;
  const resourceOf = (message: LedgerText | LedgerReply) =>
    'attempt' in message ? textResource(accountSid, message) : replyResource(accountSid, message);

  return new Hono<FaultyBindings>()
    .post('/Messages.json', async (c) => {
      const form = new URLSearchParams(await c.req.text());
      const now = await clock.now();
      const order = {
        to: form.get('To') ?? '',
        from: form.get('From') ?? '',
        body: form.get('Body') ?? '',
        statusCallbackUrl: form.get('StatusCallback'),
      };
      const code = refusalOf(carrier, order);
      if (code !== null) {
        const { to, from, body } = order;
        ledger.refusals.push({ kind: 'sms', to, from, body, code, at: now });
        return errorResponse(code);
      }
      return createUnderFaults(c, creation, { kind: 'sms', phone: order.to, now }, () => {
        const text = acceptText(carrier, order, now);
        return {
          sid: text.sid,
          start: () => sendText(carrier, text),
          body: () => textResource(accountSid, text),
        };
      });
    })

    .get('/Messages.json', (c) => {
      const url = new URL(c.req.url);
      const [to, from] = [url.searchParams.get('To'), url.searchParams.get('From')];
      const fits = dateFilter(url.searchParams, 'DateSent');
      const found = [...ledger.texts, ...ledger.replies]
        .filter((message) => (!to || message.to === to) && (!from || message.from === from))
        .filter((message) => fits(sentAtOf(message)))
        .sort((a, b) => createdAtOf(b).getTime() - createdAtOf(a).getTime());
      return c.json(pageOf('messages', found.map(resourceOf), url));
    })

    .get('/Messages/:file{SM[0-9a-f]+\\.json}', (c) => {
      const sid = c.req.param('file').replace('.json', '');
      const message = [...ledger.texts, ...ledger.replies].find((candidate) => candidate.sid === sid);
      return message ? c.json(resourceOf(message)) : errorResponse(20404);
    });
}

/** Why the carrier will not take a text; null when it will. */
function refusalOf(carrier: Carrier, order: TextOrder): ErrorCode | null {
  if (order.to === '') return 21604;
  if (order.from === '') return 21603;
  if (!isPhoneNumber(order.to)) return 21211;
  if (!isPhoneNumber(order.from)) return 21212;
  if (order.body === '') return 21602;
  if (order.body.length > 1600) return 21617;
  if (order.statusCallbackUrl !== null && !URL.canParse(order.statusCallbackUrl)) return 21609;
  return isOptedOut(carrier, order.to, order.from) ? 21610 : null;
}

function createdAtOf(message: LedgerText | LedgerReply): Date {
  return 'createdAt' in message ? message.createdAt : message.sentAt;
}

function sentAtOf(message: LedgerText | LedgerReply): Date | null {
  if ('sentAt' in message) return message.sentAt;
  return message.statuses.find(({ status }) => status === 'sent')?.at ?? null;
}
