import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayMs, hourMs, minuteMs } from '#domain/duration.ts';
import { mintPhone } from '#db/testing/factories.ts';
import { createTouchBench } from './testing/touch-bench.ts';
import type { TouchBench } from './testing/touch-bench.ts';

let bench: TouchBench;
beforeAll(async () => {
  bench = await createTouchBench();
});
afterAll(() => bench.close());

const at = async (ms: number) => new Date((await bench.clock.now()).getTime() + ms);

/** Two leads with one phone, each with a journey. */
async function twins(options?: Parameters<TouchBench['organization']>[0]) {
  const { enrol, ...organization } = await bench.organization(options);
  const phone = mintPhone();
  return { ...organization, first: await enrol({ phone }), second: await enrol({ phone }) };
}

describe('what a person may be asked to bear is counted by the number, whoever it is entered as', () => {
  test('calls in a day', async () => {
    const { first, second } = await twins({ settings: { lane: { callsPerDay: 1 } } });
    expect(await bench.attempt(first, 'call')).toEqual({ outcome: 'done' });
    expect(await bench.attempt(second, 'call')).toEqual({
      outcome: 'deferred',
      code: 'LANE_CAP_REACHED',
      untilMs: (await at(dayMs)).getTime(),
    });
    // A text is no call.
    expect(await bench.attempt(second, 'urgent')).toEqual({ outcome: 'done' });
    bench.later(dayMs);
    expect(await bench.attempt(second, 'call')).toEqual({ outcome: 'done' });
  });

  test('texts in a week, urgent ones too', async () => {
    const { first, second } = await twins({ settings: { lane: { textsPerWeek: 1 } } });
    expect(await bench.attempt(first, 'urgent')).toEqual({ outcome: 'done' });
    const sentAt = await at(0);
    bench.later(3 * dayMs);
    const untilMs = sentAt.getTime() + 7 * dayMs;
    expect(await bench.attempt(second, 'urgent')).toEqual({
      outcome: 'deferred',
      code: 'LANE_CAP_REACHED',
      untilMs,
    });
  });

  test('the least time between two touches of any kind', async () => {
    const { first, second } = await twins({ settings: { lane: { minimumGapMinutes: 30 } } });
    expect(await bench.attempt(first, 'text')).toEqual({ outcome: 'done' });
    const untilMs = (await at(30 * minuteMs)).getTime();
    expect(await bench.attempt(second, 'call')).toEqual({ outcome: 'deferred', code: 'TOO_SOON', untilMs });
    bench.later(30 * minuteMs);
    expect(await bench.attempt(second, 'call')).toEqual({ outcome: 'done' });
  });

  test('one conversation: while one journey waits for the answer the other waits too', async () => {
    const { first, second } = await twins();
    const until = await at(2 * hourMs);
    await bench.asOwner(`update journeys set waiting_for = 'reply', waiting_until = $2 where id = $1`, [
      first.journeyId,
      until,
    ]);
    expect(await bench.attempt(second, 'text')).toEqual({
      outcome: 'deferred',
      code: 'CONVERSATION_OPEN',
      untilMs: until.getTime(),
    });
    expect(await bench.attempt(first, 'text')).toEqual({ outcome: 'done' });
    // Somebody else's conversation is nothing to us.
    const stranger = await (await bench.organization()).enrol({ phone: first.phone });
    expect(await bench.attempt(stranger, 'text')).toEqual({ outcome: 'done' });
  });

  test('a reply that somebody has to read first', async () => {
    const { first, second, organizationId } = await twins();
    await bench.asOwner(
      'insert into consent_reviews (organization_id, phone, message_id) values ($1, $2, gen_random_uuid())',
      [organizationId, first.phone],
    );
    expect(await bench.attempt(second, 'call')).toEqual({ outcome: 'held', code: 'CONSENT_UNCLEAR' });
    await bench.asOwner(
      `update consent_reviews set resolved_at = now(), resolution = 'continue' where organization_id = $1`,
      [organizationId],
    );
    expect(await bench.attempt(second, 'call')).toEqual({ outcome: 'done' });
  });

  test('the least time between two calls, a quarter of an hour unless it is set otherwise', async () => {
    const { first, second } = await twins();
    expect(await bench.attempt(first, 'call')).toEqual({ outcome: 'done' });
    const untilMs = (await at(15 * minuteMs)).getTime();
    expect(await bench.attempt(second, 'call')).toEqual({ outcome: 'deferred', code: 'TOO_SOON', untilMs });
    expect(await bench.attempt(second, 'text')).toEqual({ outcome: 'done' });
  });
});

describe('consent by channel and campaign', () => {
  const optOut = async (
    { organizationId, phone }: { organizationId: string; phone: string },
    channel: string,
    campaignId: string | null = null,
  ) =>
    bench.asOwner(
      `insert into consents (organization_id, phone, kind, source, channel, campaign_id, created_at)
       values ($1, $2, 'opt_out', 'manual', $3, $4, $5)`,
      [organizationId, phone, channel, campaignId, await at(0)],
    );

  test('an opt-out from calls leaves texts, one from everything leaves nothing', async () => {
    const { enrol } = await bench.organization();
    const journey = await enrol();
    await optOut(journey, 'voice');
    expect(await bench.attempt(journey, 'text')).toEqual({ outcome: 'done' });
    expect(await bench.attempt(journey, 'call')).toEqual({ outcome: 'refused', code: 'OPTED_OUT' });
    await optOut(journey, 'all');
    expect(await bench.attempt(journey, 'urgent')).toEqual({ outcome: 'refused', code: 'OPTED_OUT' });
  });

  test.each([
    ['organization', { outcome: 'refused', code: 'OPTED_OUT' }],
    ['campaign', { outcome: 'done' }],
  ] as const)('of another campaign, where the scope is the %s', async (optOutScope, expected) => {
    const { enrol } = await bench.organization({ settings: { optOutScope } });
    const journey = await enrol();
    await optOut(journey, 'all', crypto.randomUUID());
    expect(await bench.attempt(journey, 'text')).toEqual(expected);
  });
});

describe('a pause that ran into a wait', () => {
  /** A wait of two hours that ended half an hour ago, and a campaign that stood still for the last hour. */
  async function paused(policy: string) {
    const { enrol, campaignId } = await bench.organization();
    const journey = await enrol();
    await bench.asOwner('update journeys set wait_from = $2, wait_until = $3 where id = $1', [
      journey.journeyId,
      await at(-2.5 * hourMs),
      await at(-0.5 * hourMs),
    ]);
    await bench.asOwner(
      `insert into sending_pauses (organization_id, subject_id, began_at, ended_at, policy) values ($1, $2, $3, $4, $5)`,
      [journey.organizationId, campaignId, await at(-hourMs), await at(0), policy],
    );
    return journey;
  }

  test('is given back, or not, as its policy says', async () => {
    const keep = await paused('keep');
    const untilMs = (await at(0.5 * hourMs)).getTime();
    expect(await bench.attempt(keep, 'text')).toEqual({
      outcome: 'deferred',
      code: 'WAIT_NOT_OVER',
      untilMs,
    });
    expect(await bench.attempt(await paused('shift'), 'text')).toEqual({ outcome: 'done' });
    const expired = { outcome: 'refused', code: 'EXPIRED' };
    expect(await bench.attempt(await paused('expire'), 'text')).toEqual(expired);
    bench.later(0.5 * hourMs);
    expect(await bench.attempt(keep, 'text')).toEqual({ outcome: 'done' });
  });
});

test('why a touch was made stands beside it', async () => {
  const { enrol, organizationId, number } = await bench.organization();
  const journey = await enrol({ timeZones: ['Etc/GMT+5'] });
  await bench.asOwner(
    `insert into dnc_lists (organization_id, list, scrubbed_on) values ($1, 'national', '2026-11-01')`,
    [organizationId],
  );
  expect(await bench.attempt(journey, 'text')).toEqual({ outcome: 'done' });
  const [text] = await bench.texts(journey.journeyId);
  const [version] = await bench.asOwner('select version_id from journeys where id = $1', [journey.journeyId]);
  expect(text!.reasons).toMatchObject({
    at: (await at(0)).toISOString(),
    localTimes: { 'Etc/GMT+5': expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/) },
    consent: null,
    dncLists: [{ list: 'national', scrubbedOn: '2026-11-01' }],
    versionId: version!.version_id,
    stepId: 'text',
    number: { e164: number, because: 'least_used' },
  });
  expect((text!.reasons as { rules: object[] }).rules).toContainEqual(
    expect.objectContaining({ source: expect.stringContaining('64.1200') }),
  );
});
