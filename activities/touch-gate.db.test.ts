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

type Journey = Awaited<ReturnType<Awaited<ReturnType<TouchBench['organization']>>['enrol']>>;

const now = async () => (await bench.clock.now()).toISOString();

/** What stands in the way, as rows; each the only thing that does. */
const ways: [code: string, outcome: string, stepId: string, put: (journey: Journey) => Promise<unknown>][] = [
  [
    'LAUNCH_CANCELLED',
    'refused',
    'text',
    ({ launchId }) => bench.asOwner('update launches set cancelled_at = now() where id = $1', [launchId]),
  ],
  [
    'INVALID_PHONE',
    'refused',
    'text',
    ({ leadId }) => bench.asOwner(`update leads set phone = '262966' where id = $1`, [leadId]),
  ],
  ['LEAD_BLOCKED', 'refused', 'text', (journey) => block(journey, null)],
  ['OPTED_OUT', 'refused', 'call', (journey) => consent(journey, 'opt_out')],
  [
    'DNC_VIOLATION',
    'refused',
    'text',
    ({ organizationId, phone }) =>
      bench.asOwner(`insert into dnc_entries (organization_id, phone, list) values ($1, $2, 'national')`, [
        organizationId,
        phone,
      ]),
  ],
  ['NO_CONSENT', 'refused', 'text', (journey) => setting(journey, { requireConsent: true })],
  [
    'SENDING_STOPPED',
    'held',
    'text',
    ({ organizationId }) =>
      bench.asOwner('update organizations set sending_stopped_at = now() where id = $1', [organizationId]),
  ],
  [
    'SENDING_STOPPED',
    'held',
    'call',
    ({ organizationId }) =>
      bench.asOwner('update organizations set is_active = false where id = $1', [organizationId]),
  ],
  [
    'CAMPAIGN_PAUSED',
    'held',
    'text',
    ({ organizationId }) =>
      bench.asOwner('update campaigns set paused_at = now() where organization_id = $1', [organizationId]),
  ],
  [
    'LAUNCH_PAUSED',
    'held',
    'call',
    ({ launchId }) => bench.asOwner('update launches set paused_at = now() where id = $1', [launchId]),
  ],
  ['CALLER_ID_MISSING', 'held', 'text', (journey) => number(journey, 'is_active = false')],
  ['CALLER_ID_MISSING', 'held', 'call', (journey) => number(journey, 'can_voice = false')],
  ['SMS_NOT_SUPPORTED', 'refused', 'text', (journey) => number(journey, 'can_sms = false')],
  ['QUIET_HOURS', 'deferred', 'call', ({ leadId }) => zones(leadId, ['Etc/GMT', 'Asia/Tokyo'])],
  ['QUIET_HOURS', 'refused', 'text', ({ leadId }) => zones(leadId, [])],
  ['RECENT_REPLY', 'refused', 'text', (journey) => message(journey, 'inbound', 3 * hourMs)],
  ['RECENT_SMS', 'refused', 'text', (journey) => message(journey, 'automated', 23 * hourMs)],
  ['CAP_REACHED', 'deferred', 'text', (journey) => number(journey, 'daily_cap = 0')],
  [
    'MISSING_VARIABLE',
    'refused',
    'text',
    ({ organizationId }) =>
      bench.asOwner(
        `update journey_versions set published_at = null, definition = jsonb_set(definition, '{steps,0,body}', '"Hi {{company}}"') where organization_id = $1`,
        [organizationId],
      ),
  ],
];

const zones = (leadId: string, names: string[]) =>
  bench.asOwner('update leads set time_zones = $2 where id = $1', [leadId, names]);
const number = ({ organizationId }: Journey, change: string) =>
  bench.asOwner(`update phone_numbers set ${change} where organization_id = $1`, [organizationId]);
const setting = ({ organizationId }: Journey, settings: object) =>
  bench.asOwner('update campaigns set settings = settings || $2 where organization_id = $1', [
    organizationId,
    settings,
  ]);
const consent = async ({ organizationId, phone }: Journey, kind: string, at?: string) =>
  bench.asOwner(
    `insert into consents (organization_id, phone, kind, source, created_at) values ($1, $2, $3, 'manual', $4)`,
    [organizationId, phone, kind, at ?? (await now())],
  );
const block = ({ organizationId, leadId }: Journey, expiresAt: string | null) =>
  bench.asOwner(
    `insert into lead_blocks (organization_id, lead_id, reason, expires_at) values ($1, $2, 'x', $3)`,
    [organizationId, leadId, expiresAt],
  );
const message = async ({ organizationId, phone }: Journey, kind: string, agoMs: number, state = 'sent') =>
  bench.asOwner(
    `insert into sms_messages (organization_id, direction, kind, body, phone, our_number, state, created_at)
     values ($1, $2, $3, 'x', $4, '+12125550199', $5, $6)`,
    [
      organizationId,
      kind === 'inbound' ? 'inbound' : 'outbound',
      kind,
      phone,
      kind === 'inbound' ? 'received' : state,
      new Date((await bench.clock.now()).getTime() - agoMs),
    ],
  );

describe('what the rows say', () => {
  test.each(ways)('%s: %s %s', async (code, outcome, stepId, put) => {
    const { enrol } = await bench.organization();
    const journey = await enrol();
    await bench.asOwner('alter table journey_versions disable trigger all');
    await put(journey);
    const requests = bench.carrier.requests();
    expect(await bench.attempt(journey, stepId)).toMatchObject({ outcome, code });
    expect(bench.carrier.requests()).toBe(requests);
    const rows =
      stepId === 'call' ? await bench.callRows(journey.journeyId) : await bench.texts(journey.journeyId);
    // A no for good stands in the ledger, so that the same question has the same answer; a "not now" does not.
    if (outcome === 'refused') {
      expect(rows).toMatchObject([{ state: 'refused', refusal_code: code, requests: 0 }]);
      expect(await bench.attempt(journey, stepId)).toEqual({ outcome, code });
    } else expect(rows).toEqual([]);
    const usage = await bench.asOwner('select 1 from number_usage where organization_id = $1 and used > 0', [
      journey.organizationId,
    ]);
    expect(usage).toEqual([]);
  });

  const harmless: [string, string, (journey: Journey) => Promise<unknown>][] = [
    ['a block that has expired', 'text', async (journey) => block(journey, await now())],
    ['a reply of four hours ago', 'text', (journey) => message(journey, 'inbound', 4 * hourMs)],
    ['a text of a day ago', 'text', (journey) => message(journey, 'automated', dayMs)],
    ['a text that failed', 'text', (journey) => message(journey, 'automated', minuteMs, 'failed')],
    ['a text that was refused', 'text', (journey) => message(journey, 'automated', minuteMs, 'refused')],
    ['a text by a person', 'text', (journey) => message(journey, 'manual', minuteMs)],
    ['a recent text, for an urgent one', 'urgent', (journey) => message(journey, 'automated', minuteMs)],
    ['a recent reply, for a call', 'call', (journey) => message(journey, 'inbound', minuteMs)],
    [
      'an opt-out that was taken back',
      'text',
      async (journey) => {
        await consent(journey, 'opt_out', '2026-01-01');
        await consent(journey, 'opt_in', '2026-02-01');
      },
    ],
    [
      'an opt-out of somebody else’s',
      'text',
      async (journey) =>
        consent({ ...journey, organizationId: (await bench.organization()).organizationId }, 'opt_out'),
    ],
    [
      'the demanded consent',
      'text',
      async (journey) => {
        await setting(journey, { requireConsent: true });
        await consent(journey, 'opt_in');
      },
    ],
  ];

  test.each(harmless)('does not stand in the way: %s', async (_name, stepId, put) => {
    const { enrol } = await bench.organization();
    const journey = await enrol();
    await put(journey);
    expect(await bench.attempt(journey, stepId)).toEqual({ outcome: 'done' });
  });

  test('of the whole installation stops everybody', async () => {
    const journeys = await Promise.all([0, 1].map(async () => (await bench.organization()).enrol()));
    await bench.asOwner('update platform.switches set sending_stopped_at = now()');
    for (const journey of journeys) {
      expect(await bench.attempt(journey, 'text')).toEqual({ outcome: 'held', code: 'SENDING_STOPPED' });
    }
    await bench.asOwner('update platform.switches set sending_stopped_at = null');
    expect(await bench.attempt(journeys[0]!, 'text')).toEqual({ outcome: 'done' });
  });

  test.each(['reserved', 'sending', 'unknown'])(
    'a text of another journey that is %s counts as sent',
    async (state) => {
      const journey = await (await bench.organization()).enrol();
      await message(journey, 'automated', minuteMs, state);
      expect(await bench.attempt(journey, 'text')).toMatchObject({ code: 'RECENT_SMS' });
    },
  );
});

describe('a reservation whose request the carrier surely does not have', () => {
  async function reserved(stepId = 'text', numbers?: Parameters<TouchBench['organization']>[0]) {
    const organization = await bench.organization(numbers);
    const journey = await organization.enrol();
    bench.carrier.will('misconfigured');
    await bench.attempt(journey, stepId);
    const rows = () =>
      stepId === 'text' ? bench.texts(journey.journeyId) : bench.callRows(journey.journeyId);
    expect(await rows()).toMatchObject([{ state: 'reserved' }]);
    const used = async () =>
      (
        await bench.asOwner<{ used: number }>(
          'select used from number_usage where organization_id = $1 order by day',
          [journey.organizationId],
        )
      ).map((row) => row.used);
    return { ...organization, journey, rows, used };
  }

  test.each(['text', 'call'])('keeps its place under the cap (%s)', async (stepId) => {
    const { journey, used } = await reserved(stepId, {
      numbers: [{ e164: mintPhone('312'), dailyCap: 1 }],
    });
    expect(await bench.attempt(journey, stepId)).toEqual({ outcome: 'done' });
    expect(await used()).toEqual([1]);
  });

  test('gives it back when the touch is put off, and takes a new one then', async () => {
    const { journey, rows, used } = await reserved();
    await bench.asOwner('update campaigns set paused_at = now() where organization_id = $1', [
      journey.organizationId,
    ]);
    expect(await bench.attempt(journey, 'text')).toEqual({ outcome: 'held', code: 'CAMPAIGN_PAUSED' });
    expect([await rows(), await used()]).toEqual([[], [0]]);
    await bench.asOwner('update campaigns set paused_at = null where organization_id = $1', [
      journey.organizationId,
    ]);
    expect(await bench.attempt(journey, 'text')).toEqual({ outcome: 'done' });
    expect(await used()).toEqual([1]);
  });

  test('gives it back when the touch is refused after all', async () => {
    const { journey, rows, used } = await reserved();
    await consent(journey, 'opt_out');
    expect(await bench.attempt(journey, 'text')).toEqual({ outcome: 'refused', code: 'OPTED_OUT' });
    expect(await rows()).toMatchObject([{ state: 'refused', refusal_code: 'OPTED_OUT' }]);
    expect(await used()).toEqual([0]);
  });

  test('counts on the day on which it is sent', async () => {
    const { journey, used } = await reserved();
    bench.later(dayMs);
    expect(await bench.attempt(journey, 'text')).toEqual({ outcome: 'done' });
    expect(await used()).toEqual([0, 1]);
  });

  test('is not sent from a number that is no longer ours', async () => {
    const { journey, organizationId, number: first } = await reserved();
    await bench.asOwner('update phone_numbers set is_active = false where organization_id = $1', [
      organizationId,
    ]);
    await bench.asOwner(
      `insert into phone_numbers (organization_id, e164, can_sms, can_voice) values ($1, '+13105550177', true, true)`,
      [organizationId],
    );
    expect(await bench.attempt(journey, 'text')).toEqual({ outcome: 'done' });
    const [text] = bench.carrier.texts.filter(({ to }) => to === journey.phone);
    expect(text!.from).toBe('+13105550177');
    expect(first).not.toBe(text!.from);
  });
});
