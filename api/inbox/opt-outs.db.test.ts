import { describe, expect, test } from 'vitest';
import { mintPhone } from '#db/testing/factories.ts';
import { useConsentBench } from '../testing/consent-bench.ts';

const bench = useConsentBench();
const { admin, consentsOf, enrolled, inbound, notices, settings, signalled, temporal, texted } = bench;

describe('an opt-out', () => {
  test('follows the number, not the lead record: every lead that has it, and whoever is imported with it', async () => {
    const one = await enrolled();
    const other = await enrolled(one.phone);
    const moved = await enrolled();
    // The number that says STOP was this lead's until a moment ago.
    const newNumber = mintPhone();
    await bench.asOwner('update leads set phone = $2 where id = $1', [moved.leadId, newNumber]);
    await inbound(one.phone, 'STOP');
    await inbound(moved.phone, 'STOP');
    expect(signalled()).toEqual([one, other].map(({ workflowId }) => `opt-out ${workflowId}`).toSorted());
    expect(await consentsOf(one.phone)).toMatchObject([
      { kind: 'opt_out', source: 'keyword', campaignId: null },
    ]);
    expect(await consentsOf(newNumber)).toEqual([]);
    // Imported anew, and launched: the ledger has the number, whatever the new record says.
    const file = { method: 'POST', headers: { 'content-type': 'text/csv' } };
    const { body } = await admin('/v1/imports', { ...file, body: `name,phone\nAnew,${one.phone}\n` });
    expect(body).toMatchObject({ created: 1, rejected: 0 });
    const leads = await bench.asOwner<{ id: string }>('select id from leads where phone = $1', [one.phone]);
    expect(await bench.consentsIn(leads.map(({ id }) => id))).toEqual(
      Array.from({ length: 3 }, () => ({ sms: 'opt_out', call: 'opt_out' })),
    );
  });

  test('of one campaign, where the organisation keeps consent so, ends that campaign’s journeys only', async () => {
    await settings({ optOutScope: 'campaign' });
    const first = await enrolled();
    const second = await enrolled(first.phone);
    await texted(first, '2 days');
    await texted(second, '1 hour');
    await inbound(first.phone, 'Stop texting me');
    expect(signalled()).toEqual([`opt-out ${second.workflowId}`]);
    expect(await consentsOf(first.phone)).toMatchObject([
      { kind: 'opt_out', source: 'reply', campaignId: second.campaignId },
    ]);
    expect(await bench.consentsIn([first.leadId], first)).toMatchObject([{ sms: null }]);
    expect(await bench.consentsIn([first.leadId], second)).toMatchObject([{ sms: 'opt_out' }]);
    // YES to a campaign that they have not left is an answer; it is no opt-in.
    await texted(first, '0 seconds');
    temporal.signals.length = 0;
    await inbound(first.phone, 'YES');
    expect(await consentsOf(first.phone)).toHaveLength(1);
    expect(temporal.signals.map(({ name }) => name)).toEqual(['inbound-sms', 'inbound-sms']);
  });

  test('that the carrier reports is on record once, whichever text of the number it refuses', async () => {
    const journey = await enrolled();
    const other = await enrolled(journey.phone);
    const report = async (text: { id: string }, status = 'failed') => {
      const MessageSid = `SM${text.id.replaceAll('-', '')}`;
      await bench.asOwner('update sms_messages set provider_sid = $2 where id = $1', [text.id, MessageSid]);
      const path = `/webhooks/twilio/sms-status?organizationId=${bench.organizationId()}&touchId=${text.id}`;
      return (await bench.webhook(path, { MessageSid, MessageStatus: status, ErrorCode: '21610' })).status;
    };
    await settings({ optOutConfirmation: 'You are out.' });
    const [first, second] = [await texted(journey), await texted(other)];
    expect(await Promise.all([report(first), report(second)])).toEqual([204, 204]);
    await bench.inbox().drain();
    await report(first, 'undelivered');
    await bench.inbox().drain();
    expect(await consentsOf(journey.phone)).toMatchObject([{ kind: 'opt_out', source: 'carrier' }]);
    expect(new Set(signalled())).toEqual(
      new Set([journey, other].map(({ workflowId }) => `opt-out ${workflowId}`)),
    );
    // Back in, and refused anew: a new opt-out. And nothing of it is ever confirmed to the person.
    await inbound(journey.phone, 'START');
    const third = await texted(journey);
    await report(third);
    await bench.inbox().drain();
    expect((await consentsOf(journey.phone)).map(({ kind }: { kind: string }) => kind)).toEqual([
      'opt_out',
      'opt_in',
      'opt_out',
    ]);
    expect(notices()).toEqual([]);
  });

  test('that a refused request has put on record reaches every journey of the number, whoever died meanwhile', async () => {
    const one = await enrolled();
    const other = await enrolled(one.phone);
    // What `markFailed` writes, in the worker's transaction.
    await bench.asOwner(
      `insert into consents (organization_id, phone, kind, source, text) values ($1, $2, 'opt_out', 'carrier', '21610')`,
      [bench.organizationId(), one.phone],
    );
    temporal.state.down = true;
    bench.inbox().hurry(bench.organizationId());
    const attempts = () =>
      bench.asOwner('select attempts from webhook_inbox where organization_id = $1', [
        bench.organizationId(),
      ]);
    await expect.poll(attempts).toEqual([{ attempts: 1 }]);
    temporal.state.down = false;
    await bench.inbox().drain();
    expect(signalled()).toEqual([one, other].map(({ workflowId }) => `opt-out ${workflowId}`).toSorted());
  });
});

describe('the answer to a STOP', () => {
  test('is asked for once an opt-out, and never for one that changed nothing', async () => {
    await settings({ optOutConfirmation: 'You are out.', helpReply: 'Call us.' });
    const { phone } = await bench.lead();
    await inbound(phone, 'STOP');
    expect(notices()).toHaveLength(1);
    await inbound(phone, 'STOP');
    await inbound(phone, 'Take me off your list');
    expect(notices()).toHaveLength(1);
    await inbound(phone, 'HELP');
    expect(notices()).toHaveLength(2);
    await inbound(phone, 'START');
    await inbound(phone, 'stop');
    expect(notices()).toHaveLength(3);
    const ids = notices().map(({ workflowId }) => workflowId);
    expect(new Set(ids).size).toBe(3);
    for (const { workflowId, args } of notices()) {
      expect(workflowId).toBe(
        `${bench.organizationId()}/notice/${(args[0] as { messageId: string }).messageId}`,
      );
    }
    // Ledger: who says STOP twice has said it twice.
    expect((await consentsOf(phone)).map(({ kind }: { kind: string }) => kind)).toEqual([
      'opt_out',
      'opt_in',
      'opt_out',
      'opt_out',
      'opt_out',
    ]);
  });

  test('is asked for again by whoever takes up what a killed process left, under the same id', async () => {
    await settings({ optOutConfirmation: 'You are out.' });
    const { phone } = await bench.lead();
    await inbound(phone, 'STOP');
    await bench.again();
    const [first, second] = notices();
    expect(second).toEqual(first);
  });

  test('is not asked for where nothing is set, where the carrier answers itself, or by a short code', async () => {
    const { phone } = await bench.lead();
    await inbound(phone, 'STOP');
    await settings({ optOutConfirmation: 'You are out.', helpReply: 'Call us.' });
    await inbound(mintPhone(), 'STOP', { OptOutType: 'STOP' });
    await inbound(mintPhone(), 'HELP', { OptOutType: 'HELP' });
    await inbound('72345', 'STOP');
    expect(notices()).toEqual([]);
  });
});
