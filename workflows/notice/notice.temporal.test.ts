import { afterAll, beforeAll, expect, test } from 'vitest';
import { noticeWorkflowId } from '#domain/workflow-ids.ts';
import { createTestApi } from '#api/testing/test-api.ts';
import type { TestApi } from '#api/testing/test-api.ts';
import { mintOrganization, mintPhone } from '#db/testing/factories.ts';
import { createWorkflowRig } from '../testing/rig.ts';
import type { WorkflowRig } from '../testing/rig.ts';

const patience = { timeout: 20_000 };
const words = 'You are out and hear no more of us.';

let rig: WorkflowRig;
let api: TestApi;
beforeAll(async () => {
  rig = await createWorkflowRig();
  api = createTestApi({ database: rig.database, temporal: rig.temporal }, { taskQueue: 'test' });
});
afterAll(async () => {
  await api.stop();
  await rig.close();
});

let sids = 0;
async function stopFrom(phone: string, to: string) {
  sids += 1;
  const MessageSid = `SM${String(sids).padStart(32, '0')}`;
  await api.webhook('/webhooks/twilio/sms', { MessageSid, From: phone, To: to, Body: 'STOP' });
  await api.inbox.drain();
  const [message] = await rig.asOwner<{ id: string }>('select id from sms_messages where provider_sid = $1', [
    MessageSid,
  ]);
  return message!.id;
}
const textsTo = (phone: string) => rig.ledger.texts.filter(({ to }) => to === phone);

test('a STOP is answered once by a workflow whose history holds neither number nor words', async () => {
  const { organizationId, number } = await mintOrganization(rig.database, {
    settings: { optOutConfirmation: words },
  });
  const phone = mintPhone();
  const messageId = await stopFrom(phone, number);
  await stopFrom(phone, number);
  // The inbox comes back to it after a crash, also when the answer is long sent.
  const workflowId = noticeWorkflowId({ organizationId, messageId });
  expect(await rig.temporal.workflow.getHandle(workflowId).result()).toEqual({ outcome: 'done' });
  await rig.asOwner('update webhook_inbox set processed_at = null where organization_id = $1', [
    organizationId,
  ]);
  await api.inbox.drain();
  expect(textsTo(phone)).toMatchObject([{ from: number, body: words }]);
  const rows = await rig.asOwner(
    `select state from sms_messages where organization_id = $1 and kind = 'confirmation'`,
    [organizationId],
  );
  expect(rows).toEqual([{ state: 'sent' }]);
  const history = JSON.stringify(await rig.replay(workflowId), (key, value: unknown) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
  );
  expect(history).toContain(messageId);
  expect(history).not.toContain(phone.slice(2));
  expect(history).not.toContain(words);
});

test('it waits for a stop of everything to end, and gives up when the answer is no longer worth it', async () => {
  const { organizationId, number } = await mintOrganization(rig.database, {
    settings: { optOutConfirmation: words },
  });
  const stop = (value: string) =>
    rig.asOwner(`update organizations set sending_stopped_at = ${value} where id = $1`, [organizationId]);
  await stop('now()');
  const [first, second] = [mintPhone(), mintPhone()];
  const notices = [await stopFrom(first, number), await stopFrom(second, number)].map((messageId) =>
    rig.temporal.workflow.getHandle(noticeWorkflowId({ organizationId, messageId })),
  );
  const waits = async () =>
    (await notices[0]!.fetchHistory()).events?.some((event) => event.timerStartedEventAttributes) ?? false;
  await expect.poll(waits, patience).toBe(true);
  expect(textsTo(first)).toEqual([]);
  await stop('null');
  await rig.skip(30_000);
  expect(await notices[0]!.result()).toEqual({ outcome: 'done' });
  expect(textsTo(first)).toHaveLength(1);

  await stop('now()');
  const third = mintPhone();
  const messageId = await stopFrom(third, number);
  const late = rig.temporal.workflow.getHandle(noticeWorkflowId({ organizationId, messageId }));
  await rig.skip(6 * 60_000);
  expect(await late.result()).toEqual({ outcome: 'refused', code: 'EXPIRED' });
  expect(textsTo(third)).toEqual([]);
  await rig.replay(late.workflowId);
});
