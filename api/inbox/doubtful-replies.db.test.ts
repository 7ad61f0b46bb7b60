import { describe, expect, test } from 'vitest';
import { useConsentBench } from '../testing/consent-bench.ts';

const bench = useConsentBench();
const { admin, consentsOf, enrolled, inbound, notices, post, settings, signalled, temporal } = bench;

describe('a reply that may be a refusal', () => {
  const doubt = "Please don't text me at work. Secret words";
  const open = async () => (await admin('/v1/consent-reviews?status=open')).body.items;
  const tasks = () =>
    bench.asOwner('select status from tasks where organization_id = $1 and kind = $2', [
      bench.organizationId(),
      'consent_review',
    ]);

  test('asks a person once, and "continue" wakes what it held', async () => {
    const held = await enrolled();
    const resting = await enrolled(held.phone);
    await bench.asOwner(
      `update journeys set waiting_for = 'hold', waiting_code = 'CONSENT_UNCLEAR' where id = $1`,
      [held.journeyId],
    );
    await inbound(held.phone, doubt);
    await bench.again();
    await inbound(held.phone, "don't call me before 5");
    const reviews = await open();
    expect(reviews).toHaveLength(2);
    expect(reviews[1]).toMatchObject({ phone: held.phone, message: { body: doubt }, resolution: null });
    expect(await tasks()).toEqual([{ status: 'open' }]);
    expect(await consentsOf(held.phone)).toEqual([]);

    temporal.signals.length = 0;
    const agent = await bench.as('agent');
    const resolve = (id: string, resolution: string, as = agent) =>
      post(`/v1/consent-reviews/${id}/resolve`, { resolution }, as);
    // Ticking the task off would leave the number held and nobody asked.
    const [task] = (await admin('/v1/tasks?status=open&kind=consent_review')).body.items;
    expect((await post(`/v1/tasks/${task.id}/done`, {}, agent)).body.code).toBe('REVIEW_OPEN');
    // Both leads with that number see what holds them.
    for (const { leadId } of [held, resting]) {
      expect((await admin(`/v1/consent-reviews?leadId=${leadId}&status=open`)).body.items).toHaveLength(2);
    }
    expect((await admin(`/v1/consent-reviews?leadId=${crypto.randomUUID()}`)).body.items).toEqual([]);
    expect((await resolve(reviews[0].id, 'continue', await bench.as('viewer'))).status).toBe(403);
    for (const { id } of reviews) expect((await resolve(id, 'continue')).status).toBe(200);
    // Said again, and contradicted.
    expect((await resolve(reviews[0].id, 'continue')).status).toBe(200);
    expect((await resolve(reviews[0].id, 'opt_out')).body.code).toBe('RESOLVED_OTHERWISE');
    await bench.inbox().drain();
    expect(new Set(signalled())).toEqual(new Set([`wake ${held.workflowId}`]));
    expect(signalled().join()).not.toContain(resting.workflowId);
    expect(await open()).toEqual([]);
    expect(await tasks()).toEqual([{ status: 'done' }]);
  });

  test('"opt_out" goes into the ledger with the words, answers the others, and ends the journeys', async () => {
    await settings({ optOutConfirmation: 'You are out.' });
    const journey = await enrolled();
    await inbound(journey.phone, doubt);
    await inbound(journey.phone, 'don’t call me before 5');
    temporal.signals.length = 0;
    const [{ id }] = await open();
    temporal.state.down = true;
    // Temporal is away: the word counts all the same, and the journeys hear of it when it is back.
    expect((await post(`/v1/consent-reviews/${id}/resolve`, { resolution: 'opt_out' })).status).toBe(200);
    temporal.state.down = false;
    await bench.inbox().drain();
    expect(new Set(signalled())).toEqual(new Set([`opt-out ${journey.workflowId}`]));
    expect(await consentsOf(journey.phone)).toMatchObject([
      {
        kind: 'opt_out',
        source: 'review',
        messageId: expect.any(String),
        text: expect.stringContaining('call me'),
      },
    ]);
    expect(await open()).toEqual([]);
    expect(notices()).toEqual([]);
  });

  test('is answered by the person’s own STOP; and nobody is asked about somebody who is out', async () => {
    const { phone } = await enrolled();
    await inbound(phone, doubt);
    await inbound(phone, 'STOP');
    expect(await open()).toEqual([]);
    expect(await tasks()).toEqual([{ status: 'done' }]);
    await inbound(phone, doubt);
    expect(await open()).toEqual([]);
  });
});
