import { Hono } from 'hono';
import { type CallOrder, acceptCall, placeCall } from '../calls.ts';
import type { Carrier } from '../carrier.ts';
import type { LedgerCall } from '../ledger.ts';
import { type ErrorCode, errorResponse } from '../wire/errors.ts';
import { dateFilter, pageOf } from '../wire/paging.ts';
import { isPhoneNumber } from '../wire/phone.ts';
import { callResource } from '../wire/resources.ts';
import { type FaultyBindings, type FaultyCreation, createUnderFaults } from './under-faults.ts';

/** How long Twilio lets a call ring when nothing is said. Source: Twilio, "Calls resource", Timeout. */
const defaultRingSeconds = 60;

/** Twilio's Calls resource: create, list (To, From, Status, StartTime, paging) and fetch. */
export function callRoutes(carrier: Carrier, creation: FaultyCreation) {
  const { accountSid, clock, ledger } = carrier;

  return new Hono<FaultyBindings>()
    .post('/Calls.json', async (c) => {
      const order = orderOf(new URLSearchParams(await c.req.text()));
      const now = await clock.now();
      const code = refusalOf(order);
      if (code !== null) {
        ledger.refusals.push({ kind: 'call', to: order.to, from: order.from, body: '', code, at: now });
        return errorResponse(code);
      }
      return createUnderFaults(c, creation, { kind: 'call', phone: order.to, now }, () => {
        const call = acceptCall(carrier, order, now);
        return {
          sid: call.sid,
          start: () => placeCall(carrier, order, call),
          body: () => callResource(accountSid, call),
        };
      });
    })

    .get('/Calls.json', (c) => {
      const url = new URL(c.req.url);
      const wanted = (name: string, value: string) => [null, value].includes(url.searchParams.get(name));
      const fits = dateFilter(url.searchParams, 'StartTime');
      const found = ledger.calls
        .filter((call) => wanted('To', call.to) && wanted('From', call.from) && wanted('Status', call.status))
        .filter((call) => fits(startedAtOf(call)))
        .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
      return c.json(
        pageOf(
          'calls',
          found.map((call) => callResource(accountSid, call)),
          url,
        ),
      );
    })

    .get('/Calls/:file{CA[0-9a-f]+\\.json}', (c) => {
      const sid = c.req.param('file').replace('.json', '');
      const call = ledger.calls.find((candidate) => candidate.sid === sid);
      return call ? c.json(callResource(accountSid, call)) : errorResponse(20404);
    });
}

function orderOf(form: URLSearchParams): CallOrder {
  const events = form.getAll('StatusCallbackEvent');
  return {
    to: form.get('To') ?? '',
    from: form.get('From') ?? '',
    voiceUrl: form.get('Url') ?? '',
    statusCallbackUrl: form.get('StatusCallback'),
    events: events.length > 0 ? events : ['completed'],
    ringLimitMs: (Number(form.get('Timeout')) || defaultRingSeconds) * 1_000,
    detectsMachines: form.has('MachineDetection'),
  };
}

/** Why the carrier will not place a call; null when it will. */
function refusalOf(order: CallOrder): ErrorCode | null {
  if (order.from === '' || !isPhoneNumber(order.from)) return 21212;
  if (!isPhoneNumber(order.to)) return 21211;
  if (!URL.canParse(order.voiceUrl)) return 21205;
  return order.statusCallbackUrl !== null && !URL.canParse(order.statusCallbackUrl) ? 21609 : null;
}

function startedAtOf(call: LedgerCall): Date | null {
  return call.statuses.find(({ status }) => status === 'initiated')?.at ?? null;
}
