import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { zoneWhereItIsNoon } from '#db/testing/factories.ts';
import { sign } from '../storm/deliveries.ts';
import type { Delivery } from '../storm/deliveries.ts';
import type { Asking } from './asking.ts';
import type { Nest } from './plant.ts';
import type { CanaryStage } from './stage.ts';

/** Longer than the circuit breaker may hold everybody up when those who are treated badly happen to open it. */
const patienceMs = 180_000;

export type Planted = { leads: { id: string; phone: string }[]; campaignId: string; template: string };

/** Leads, a file of them, a campaign whose words are canaries, and everything that can be wrong about each of them. */
export async function plant(asking: Asking, nest: Nest, stage: CanaryStage): Promise<Planted> {
  const { owner } = asking;
  const lead = (nr: number) => ({
    phone: nest.phone(`lead ${nr}`),
    firstName: nest.words(`first name ${nr}`),
    lastName: nest.words(`last name ${nr}`),
    company: nest.words(`company ${nr}`),
    email: `${nest.words(`e-mail ${nr}`)}@example.com`,
    address: nest.words(`address ${nr}`),
    customFields: { note: nest.words(`custom field ${nr}`) },
    tags: [nest.words(`tag ${nr}`)],
  });
  const leads: Planted['leads'] = [];
  for (let nr = 0; nr < 8; nr += 1) {
    const json = lead(nr);
    const { body } = await owner(`/v1/leads/by-external-id/person-${nr}`, { method: 'PUT', json });
    leads.push({ id: body.id, phone: json.phone });
  }
  const bad = lead(90);
  const put = (json: unknown) => owner('/v1/leads/by-external-id/person-90', { method: 'PUT', json });
  await put({ ...bad, phone: `${bad.phone}123456789` });
  await put({ ...bad, firstName: bad.firstName.repeat(20) });
  await put({ ...bad, firstName: `${bad.firstName}\u0000` });
  await put({ ...bad, lastName: `${bad.lastName}\ud800` });
  await put({ ...bad, tags: bad.lastName, customFields: bad.company });
  await put({ ...bad, customFields: { note: `${bad.company}\u0000` } });
  await put({ ...bad, defaultCountry: bad.lastName });
  const noJson = { method: 'PUT', body: `{"phone": "${bad.phone}", ${bad.firstName}` };
  const headers = { 'content-type': 'application/json' };
  await owner('/v1/leads/by-external-id/person-91', { ...noJson, headers });
  const file = nest.words('file name');
  const row = lead(91);
  const csv = `Phone,First name,Secret\n${row.phone},${row.firstName},${row.company}\n${bad.phone}9999,${bad.firstName},x,y,z\n`;
  const upload = (body: string) =>
    owner(`/v1/imports?fileName=${file}`, { body, headers: { 'content-type': 'text/csv' } });
  await upload(csv);
  await upload(`${nest.words('column')}\n"${bad.firstName}`);
  await upload(csv.replace(row.firstName, `${row.firstName}\u0000`));
  await owner(`/v1/leads?search=${row.firstName}&cursor=${row.company}`);
  await owner(`/v1/leads?search=${row.phone}&limit=${bad.firstName}`);
  await owner(`/v1/leads/${bad.firstName}`);
  await owner(`/${bad.lastName}/${bad.phone}?${bad.company}`);
  for (const path of ['/v1/dnc', '/v1/consents']) {
    const json = { phone: bad.phone, list: bad.company, kind: bad.lastName, text: bad.firstName };
    await owner(path, { json });
  }
  await stage.asOwner('update leads set time_zones = array[$1]', [zoneWhereItIsNoon(new Date())]);

  const template = nest.words('template');
  const steps = (body: string) => [
    { id: 'text', kind: 'sms', body, next: 'ring' },
    {
      id: 'ring',
      kind: 'call',
      say: nest.words('call script'),
      voicemail: nest.words('voicemail'),
      next: 'wait',
    },
    { id: 'wait', kind: 'wait', for: '20d', next: 'end' },
    { id: 'end', kind: 'end' },
  ];
  const definition = { start: 'text', steps: steps(`Hello {{first_name}} {{last_name}}, ${template}`) };
  const { body: campaign } = await owner('/v1/campaigns', { json: { name: nest.words('campaign') } });
  const versions = `/v1/campaigns/${campaign.id}/versions`;
  const broken = nest.words('broken template');
  await owner(versions, { json: { definition: { ...definition, start: broken } } });
  await owner(versions, { json: { definition: { start: broken, steps: [{ id: broken, kind: broken }] } } });
  const faulty = await owner(versions, {
    json: { definition: { ...definition, steps: steps(`{{${broken} `) } },
  });
  if (faulty.body?.id) await owner(`${versions}/${faulty.body.id}/publish`, { method: 'POST' });
  await owner('/v1/templates/preview', { json: { body: `{{${broken}}} ${broken}`, leadId: broken } });
  const { body: version } = await owner(versions, { json: { definition } });
  await owner(`${versions}/${version.id}/publish`, { method: 'POST' });
  return { leads, campaignId: campaign.id, template };
}

/** Signing in, rightly and wrongly, and everybody who has no business here. */
export async function knock(asking: Asking, nest: Nest, { url, demo }: CanaryStage, planted: Planted) {
  const { stranger } = asking;
  const json = { email: demo.email, password: demo.password };
  const headers = { origin: url, 'sec-fetch-site': 'same-origin' };
  const signedIn = await stranger('/v1/session', { json, headers });
  const cookie = /leadway_session=([^;]+)/.exec(signedIn.headers.get('set-cookie') ?? '')?.[1] ?? '';
  if (cookie === '') throw new Error('Nobody could sign in');
  nest.found('session cookie', cookie);
  const withCookie = { cookie: `leadway_session=${cookie}` };
  await stranger('/v1/session', { headers: withCookie });
  await stranger('/v1/leads/nobody', { headers: withCookie });
  await stranger('/v1/campaigns', {
    json: {},
    headers: { ...withCookie, origin: 'https://elsewhere.example' },
  });
  const wrong = nest.secret('wrong password');
  await stranger('/v1/session', { json: { email: nest.words('wrong e-mail'), password: wrong }, headers });
  await stranger('/v1/session', { json: { email: demo.email, password: wrong }, headers });
  await stranger('/v1/session', { json: { email: [wrong], password: { wrong } }, headers });
  const key = nest.secret('wrong API key');
  for (const { id, phone } of planted.leads.slice(0, 2)) {
    for (const authorization of ['', `Bearer lw_${key}`, `Basic ${key}`]) {
      await stranger(`/v1/leads/${id}`, { headers: { authorization } });
      await stranger(`/v1/leads?search=${phone}`, { headers: { authorization, 'x-request-id': phone } });
    }
  }
  await stranger(`/v1/launches?token=${key}`, { headers: { cookie: `leadway_session=${key}` } });
}

/** What the carrier says, and what others say in its name. */
export async function callBack(asking: Asking, nest: Nest, stage: CanaryStage, { leads }: Planted) {
  const { stranger } = asking;
  const { signer, demo } = stage;
  const [number] = await stage.asOwner<{ e164: string }>('select e164 from platform.number_routes limit 1');
  const bring = ({ path, body, signature }: Delivery) =>
    stranger(path, {
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(signature === null ? {} : { 'x-twilio-signature': signature }),
      },
    });
  const text = (from: string, body: string, more: Record<string, string> = {}) =>
    sign(signer, '/webhooks/twilio/sms', {
      MessageSid: `SM${randomUUID()}`,
      From: from,
      To: number!.e164,
      Body: body,
      NumSegments: '1',
      ...more,
    });
  const said = (nr: string) => nest.words(`inbound ${nr}`);
  const lead = (nr: number) => leads[nr]!.phone;
  await bring(text(lead(0), said('plain')));
  await bring(text(lead(1), `please stop texting me ${said('refusal')}`));
  await bring(text(lead(2), `leave me ${said('doubt')} alone, no me escriban`));
  await bring(text(lead(3), 'STOP'));
  await bring(text(lead(4), `${said('control characters')}\u0000\u0007\ud83d`));
  await bring(text(nest.phone('unknown sender'), said('unknown sender')));
  await bring(text(said('no number'), said('sender that is no number')));
  await bring(text(lead(0), said('to nobody'), { To: nest.phone('number that is nobody’s') }));
  await bring(text(lead(0), said('odd'), { NumSegments: said('segments'), MessageSid: said('sid') }));
  await bring(text(lead(0), said('large').repeat(9_000)));
  await bring({ ...text(lead(1), said('forged')), signature: nest.secret('forged signature') });
  await bring({ ...text(lead(1), said('unsigned')), signature: null });
  const touches = await stage.asOwner<{ id: string; sid: string | null; kind: string }>(
    `select id, provider_sid as sid, 'sms-status' as kind from sms_messages where direction = 'outbound'
     union all select id, provider_sid, 'voice-status' from call_logs`,
  );
  for (const { id, sid, kind } of touches) {
    const path = `/webhooks/twilio/${kind}?organizationId=${demo.organizationId}&touchId=${id}`;
    const odd = said(`status ${id}`);
    const form = { MessageSid: sid ?? odd, CallSid: sid ?? odd, MessageStatus: odd, CallStatus: odd };
    await bring(
      sign(signer, path, { ...form, ErrorCode: odd, ErrorMessage: lead(0), Price: odd, AnsweredBy: odd }),
    );
    await bring({ ...sign(signer, path, form), signature: nest.secret(`forged status ${id}`) });
  }
  const nowhere = `/webhooks/twilio/sms-status?organizationId=${said('organisation')}&touchId=${lead(1)}`;
  await bring(sign(signer, nowhere, { MessageSid: said('nowhere'), MessageStatus: 'sent' }));
  await bring(sign(signer, '/webhooks/twilio/voice', { From: lead(1), To: said('called'), CallSid: 'x' }));
}

/** What people do to journeys, with words of their own. */
export async function act(asking: Asking, nest: Nest, stage: CanaryStage): Promise<void> {
  const { owner, stranger } = asking;
  const journeys = await stage.asOwner<{ id: string; leadId: string; workflowId: string }>(
    `select id, lead_id as "leadId", workflow_id as "workflowId" from journeys where status = 'active'`,
  );
  const [first, second, third] = journeys;
  if (!first || !second || !third) throw new Error('Too few journeys are left to act upon');
  const path = (id: string, action: string) => `/v1/journeys/${id}/${action}`;
  const word = (name: string) => nest.words(name);
  await owner(path(first.id, 'dispositions'), { json: { disposition: word('disposition').slice(0, 60) } });
  const note = { disposition: 'interested', note: `${word('note')} ${nest.phone('phone in a note')}` };
  await owner(path(first.id, 'dispositions'), { json: note, headers: { 'idempotency-key': word('key') } });
  await owner(path(second.id, 'reschedule'), { json: { until: word('until') } });
  await owner(path(second.id, 'remove'), { json: { reason: word('reason') } });
  await owner(path(third.id, 'remove'), {
    json: { reason: `asked from ${nest.phone('phone in a reason')}` },
  });
  await owner(path(word('journey'), 'pause'), { method: 'POST' });
  await owner(`/v1/journeys?leadId=${word('lead')}`);
  const callback = { leadId: first.leadId, note: word('callback note'), say: word('callback words') };
  await owner('/v1/callbacks', { json: { ...callback, dueAt: new Date(Date.now() + 60_000).toISOString() } });
  await owner('/v1/callbacks', { json: { ...callback, dueAt: word('due'), timeZone: word('zone') } });
  for (const { id } of journeys.slice(0, 2)) await stranger(path(id, 'why'));
  // Straight to Temporal, as a colleague's script might: nothing of it may come back in an error or a line of a log.
  const poison = { applicationKey: 'poison', disposition: { not: 'a text' }, setBy: 7 };
  const handle = stage.temporal.workflow.getHandle(first.workflowId);
  await handle.executeUpdate('apply-disposition', { args: [poison] }).catch(() => {});
  await handle.signal('inbound-sms', null).catch(() => {});
  await handle.signal('reschedule', { untilMs: 'never' }).catch(() => {});
}

/** The database goes away in the middle of all that, and comes back. */
export async function withoutDatabase(asking: Asking, nest: Nest, stage: CanaryStage, planted: Planted) {
  const leadIds = planted.leads.map(({ id }) => id);
  const { body: other } = await asking.owner('/v1/campaigns', {
    json: { name: nest.words('second campaign') },
  });
  await asking.owner('/v1/launches', { json: { campaignId: planted.campaignId, cohort: { leadIds } } });
  await stage.postgres.crash();
  const word = nest.words('while the database is away');
  const phone = nest.phone('while the database is away');
  const json = { phone, firstName: word, customFields: { note: word } };
  await asking.owner('/v1/leads/by-external-id/person-95', { method: 'PUT', json });
  await asking.owner(`/v1/leads?search=${word}`);
  await asking.owner(`/v1/campaigns/${other?.id}`, { method: 'PATCH', json: { name: word } });
  await asking.stranger('/v1/session', {
    json: { email: `${word}@example.com`, password: nest.secret('password while the database is away') },
    headers: { origin: stage.url },
  });
  const form = { MessageSid: `SM${word}`, From: phone, To: '+12125550142', Body: word, NumSegments: '1' };
  const { path, body, signature } = sign(stage.signer, '/webhooks/twilio/sms', form);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': signature ?? '',
  };
  await asking.stranger(path, { body, headers });
  await sleep(1_000);
  await stage.postgres.restart();
}

/** Launches everybody and waits until each of them has been texted or could not be. */
export async function launchEverybody(asking: Asking, stage: CanaryStage, planted: Planted): Promise<void> {
  const leadIds = planted.leads.map(({ id }) => id);
  await asking.owner('/v1/launches', { json: { campaignId: planted.campaignId, cohort: { leadIds } } });
  await until(async () => {
    const asked = await stage.asOwner<{ phone: string; settled: boolean }>(
      `select phone, bool_or(sending_at < now() - interval '4 seconds') as settled from sms_messages
       where direction = 'outbound' and requests > 0 group by phone`,
    );
    // Who has met its treatment is treated well from then on: between them they could keep the breaker open for minutes.
    for (const { phone, settled } of asked) if (settled) stage.treatments.delete(phone);
    return asked.length >= leadIds.length;
  });
}

async function until(fulfilled: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + patienceMs; !(await fulfilled()); await sleep(200)) {
    if (Date.now() > deadline) throw new Error('The flow has not come to where it should');
  }
}
