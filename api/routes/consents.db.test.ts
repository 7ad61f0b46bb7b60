import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { mintOrganization, mintPhone } from '#db/testing/factories.ts';
import { useConsentBench } from '../testing/consent-bench.ts';

const bench = useConsentBench();
const { admin, enrolled, inbound, post, settings, signalled } = bench;

describe('POST /v1/consents', () => {
  test('an opt-out by hand ends the journeys of the number; an opt-in after the person’s own STOP needs their words', async () => {
    const journey = await enrolled();
    const entry = { phone: journey.phone, source: 'phone_call' };
    expect((await post('/v1/consents', { ...entry, kind: 'opt_out' })).status).toBe(201);
    await bench.inbox().drain();
    expect(signalled()).toEqual([`opt-out ${journey.workflowId}`]);
    // That was somebody's entry, and may be corrected.
    expect((await post('/v1/consents', { ...entry, kind: 'opt_in' })).status).toBe(201);
    await inbound(journey.phone, 'STOP');
    const refused = await post('/v1/consents', { ...entry, kind: 'opt_in', text: '  ' });
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([
      422,
      'WRITTEN_WORDS_REQUIRED',
      'text',
    ]);
    // An opt-in for calls does not open texts.
    const voice = { ...entry, kind: 'opt_in', channel: 'voice', text: 'You may ring me.' };
    expect((await post('/v1/consents', voice)).status).toBe(201);
    expect((await post('/v1/consents', { ...entry, kind: 'opt_in', channel: 'sms' })).status).toBe(422);
    const words = { ...entry, kind: 'opt_in', text: 'Please write again.' };
    expect((await post('/v1/consents', words)).body).toMatchObject({ kind: 'opt_in', channel: 'all' });
  });

  test.each([
    [{ kind: 'opt_in', source: 'keyword' }, 'source'],
    [{ kind: 'opt_in', source: 'web_form', phone: '123' }, 'phone'],
    [{ kind: 'maybe', source: 'web_form' }, 'kind'],
    [{ kind: 'opt_in', source: 'web_form', campaignId: randomUUID() }, 'campaignId'],
  ])('%j is refused', async (given, field) => {
    const { status, body } = await post('/v1/consents', { phone: mintPhone(), ...given });
    expect([status, body.field]).toEqual([422, field]);
  });

  test('is for managers, and only the own organisation’s ledger is seen', async () => {
    const phone = mintPhone();
    const given = { phone, kind: 'opt_in', source: 'web_form' };
    expect((await post('/v1/consents', given, await bench.as('agent'))).status).toBe(403);
    expect((await post('/v1/consents', given)).status).toBe(201);
    const stranger = await bench.asOrganization((await mintOrganization(bench.database())).organizationId);
    expect((await stranger(`/v1/consents?phone=${encodeURIComponent(phone)}`)).body.items).toEqual([]);
  });

  test('the ledger comes newest first, page by page', async () => {
    const phone = mintPhone();
    for (const kind of ['opt_in', 'opt_out', 'opt_in'])
      await post('/v1/consents', { phone, kind, source: 'web_form', text: 'words' });
    const path = `/v1/consents?phone=${encodeURIComponent(phone)}&limit=2`;
    const first = (await admin(path)).body;
    const second = (await admin(`${path}&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map(({ kind }: { kind: string }) => kind)).toEqual([
      'opt_in',
      'opt_out',
      'opt_in',
    ]);
    expect(second.nextCursor).toBeNull();
  });
});

describe('the organisation’s settings', () => {
  test('have defaults, change field by field, and refuse what they do not know', async () => {
    const before = (await admin('/v1/organization')).body;
    expect(before.settings).toMatchObject({ optOutScope: 'organization', lane: { textsPerDay: 3 } });
    const after = await settings({ helpReply: 'Call us.', lane: { textsPerDay: 1 } });
    expect(after.body.settings).toEqual({
      ...before.settings,
      helpReply: 'Call us.',
      lane: { ...before.settings.lane, textsPerDay: 1 },
    });
    expect((await settings({ helpReply: null })).body.settings.lane.textsPerDay).toBe(1);
    for (const wrong of [
      { optOutScope: 'nobody' },
      { touchesPerSecond: 0 },
      { unknown: 1 },
      { lane: { x: 1 } },
    ]) {
      expect((await settings(wrong)).status).toBe(422);
    }
    const manager = await bench.as('manager');
    expect((await manager('/v1/organization', { method: 'PATCH', json: { settings: {} } })).status).toBe(403);
    expect(
      (await admin('/v1/organization', { method: 'PATCH', json: { name: 'X', settings: {} } })).status,
    ).toBe(422);
  });
});
