import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReport } from '#domain/preflight-report.ts';
import { hourMs } from '#domain/duration.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { readCampaignFacts, walkCohort } from '#db/queries/cohort-facts.ts';
import { enrolMembers, nextPendingMembers, readLaunch } from '#db/queries/launch-members.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import {
  mintCampaign,
  mintJourney,
  mintLaunch,
  mintLead,
  mintOrganization,
  mintPhone,
  zoneWhereItIsNoon,
} from '#db/testing/factories.ts';
import { createPreflight } from '#domain/preflight.ts';
import { createTouchBench } from './testing/touch-bench.ts';
import type { TouchBench } from './testing/touch-bench.ts';

let bench: TouchBench;
beforeAll(async () => {
  bench = await createTouchBench();
});
afterAll(() => bench.close());

const definition: JourneyDefinition = {
  start: 'text',
  steps: [
    { id: 'text', kind: 'sms', body: 'Hi {{first_name}} of {{company}}', next: 'call' },
    { id: 'call', kind: 'call', say: 'Hello {{first_name}}', next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

type World = Awaited<ReturnType<typeof createWorld>>;

/** An organisation with a campaign, and whatever its leads may have done. */
async function createWorld(options: {
  settings?: Parameters<typeof mintCampaign>[2];
  numbers?: NonNullable<Parameters<typeof mintOrganization>[1]>['numbers'];
  optOutScope?: 'organization' | 'campaign';
}) {
  const { database, asOwner } = bench;
  const now = await bench.clock.now();
  const { organizationId } = await mintOrganization(database, {
    ...(options.numbers ? { numbers: options.numbers } : {}),
    ...(options.optOutScope ? { settings: { optOutScope: options.optOutScope } } : {}),
  });
  const campaign = await mintCampaign(database, organizationId, { definition, ...options.settings });
  const other = await mintCampaign(database, organizationId);
  const scope = systemScope(organizationId);

  const lead = async (values: Parameters<typeof mintLead>[2] = {}) => {
    const timeZones = [zoneWhereItIsNoon(now)];
    return mintLead(database, organizationId, { company: 'Leadway', timeZones, ...values });
  };
  const consent = async (phone: string, kind: string, channel = 'all', campaignId: string | null = null) => {
    await asOwner(
      `insert into consents (organization_id, phone, kind, channel, campaign_id, source, created_at)
       values ($1, $2, $3, $4, $5, 'manual', $6)`,
      [organizationId, phone, kind, channel, campaignId, now],
    );
  };
  const heard = (phone: string, direction: 'inbound' | 'outbound') =>
    asOwner(
      `insert into sms_messages (organization_id, direction, kind, body, phone, our_number, state, created_at)
       values ($1, $2, $3, 'x', $4, '+12125550199', $5, $6)`,
      [
        organizationId,
        direction,
        direction === 'inbound' ? 'inbound' : 'automated',
        phone,
        direction === 'inbound' ? 'received' : 'sent',
        new Date(now.getTime() - hourMs),
      ],
    );
  return { organizationId, scope, campaign, other, lead, consent, heard, now };
}

/** One lead of every kind, and a few with whom nothing is wrong. */
async function everyKind({ organizationId, lead, consent, heard, other }: World): Promise<string[]> {
  const { asOwner } = bench;
  const leadIds: string[] = [];
  const add = async (values?: Parameters<typeof mintLead>[2]) => {
    const made = await lead(values);
    leadIds.push(made.leadId);
    return made;
  };
  for (let fine = 0; fine < 3; fine++) await add();
  await add({ phone: '262966' });
  await add({ timeZones: [] });
  await add({ timeZones: [] });
  await add({ company: ' ' });
  const blocked = await add();
  const expired = await add();
  for (const [{ leadId }, expiresAt] of [
    [blocked, null],
    [expired, new Date('2020-01-01')],
  ] as const)
    await asOwner(
      `insert into lead_blocks (organization_id, lead_id, reason, expires_at) values ($1, $2, 'x', $3)`,
      [organizationId, leadId, expiresAt],
    );
  const listed = await add();
  await asOwner(`insert into dnc_entries (organization_id, phone, list) values ($1, $2, 'national')`, [
    organizationId,
    listed.phone,
  ]);
  // Blocked, opted out and listed: it counts once, as what comes first.
  const worst = await add();
  await asOwner(`insert into lead_blocks (organization_id, lead_id, reason) values ($1, $2, 'x')`, [
    organizationId,
    worst.leadId,
  ]);
  await consent(worst.phone, 'opt_out');
  await consent((await add()).phone, 'opt_out');
  await consent((await add()).phone, 'opt_out', 'sms');
  await consent((await add()).phone, 'opt_out', 'voice');
  await consent((await add()).phone, 'opt_out', 'all', other.campaignId);
  await consent((await add()).phone, 'opt_in');
  await consent((await add()).phone, 'opt_in', 'voice');
  const back = await add();
  await consent(back.phone, 'opt_in');
  await heard((await add()).phone, 'inbound');
  await heard((await add()).phone, 'outbound');
  const shared = mintPhone();
  await add({ phone: shared });
  await add({ phone: shared });
  return leadIds;
}

/** What the preflight says, leads by code; what is only a warning about single leads is told apart. */
async function preflightOf({ scope, campaign }: World, leadIds: string[]) {
  const { campaignId } = campaign;
  const facts = await readCampaignFacts(bench.database, scope, {
    campaignId,
    importId: null,
    savedFilterId: null,
  });
  const { look, report } = createReport(facts!.campaign!);
  await walkCohort(bench.database, scope, { campaignId, cohort: { leadIds } }, (leads) => {
    leads.forEach(look);
    return true;
  });
  const { refused, ready, members, warnings } = report();
  const ofLeads = warnings.filter(({ code }) => code === 'RECENT_SMS' || code === 'RECENT_REPLY');
  return { refused, ready, members, warned: Object.fromEntries(ofLeads.map((w) => [w.code, w.leads])) };
}

/**
 * What the gate says to each touch of each lead, with nobody having looked before: a lead counts by the first refusal that
 * lasts, or else by the one that a later touch would not meet.
 */
async function refusalsOfGate({ organizationId, campaign }: World, leadIds: string[]) {
  const counts: Record<string, number> = {};
  for (const leadId of leadIds) {
    const { journeyId } = await mintJourney(bench.database, organizationId, campaign, leadId);
    const codes: string[] = [];
    for (const stepId of ['text', 'call']) {
      const outcome = await bench.attempt({ organizationId, journeyId }, stepId);
      if (!('code' in outcome)) continue;
      if (outcome.outcome === 'refused' || outcome.code === 'CALLER_ID_MISSING') codes.push(outcome.code);
    }
    const counted = codes.find((code) => !code.startsWith('RECENT_')) ?? codes[0];
    if (counted) counts[counted] = (counts[counted] ?? 0) + 1;
  }
  return counts;
}

test.each<[string, Parameters<typeof createWorld>[0], object]>([
  [
    'an ordinary campaign',
    {},
    {
      INVALID_PHONE: 1,
      QUIET_HOURS: 2,
      MISSING_VARIABLE: 1,
      LEAD_BLOCKED: 2,
      DNC_VIOLATION: 1,
      OPTED_OUT: 4,
    },
  ],
  ['consent kept by campaign', { optOutScope: 'campaign' }, { OPTED_OUT: 3 }],
  [
    'a campaign that demands consent',
    { settings: { settings: { requireConsent: true } } },
    { NO_CONSENT: 13 },
  ],
  [
    'a campaign whose last day is over',
    { settings: { settings: { endsOn: '2026-11-18' } } },
    { CAMPAIGN_ENDED: 13 },
  ],
  [
    'numbers that cannot text',
    { numbers: [{ e164: mintPhone('312'), canSms: false }] },
    { SMS_NOT_SUPPORTED: 15 },
  ],
  [
    'numbers that cannot call',
    { numbers: [{ e164: mintPhone('312'), canVoice: false }] },
    { CALLER_ID_MISSING: 11 },
  ],
])('%s: what the preflight counts is what the gate refuses', async (_what, options, expected) => {
  const world = await createWorld(options);
  const leadIds = await everyKind(world);
  const told = await preflightOf(world, leadIds);
  expect(told.refused).toMatchObject(expected);
  const sum = Object.values(told.refused).reduce((all, each) => all + each, 0);
  expect(sum + told.ready).toBe(told.members);
  expect(told.members).toBe(leadIds.length);

  // Before anything is sent: the launch's own look at the same people refuses the same.
  const launchId = await mintLaunch(bench.database, world.organizationId, world.campaign, leadIds);
  const launched: Record<string, number> = {};
  await withOrganization(bench.database, world.scope, async (tx) => {
    const look = createPreflight((await readLaunch(tx, launchId))!);
    for (const member of await nextPendingMembers(tx, launchId, 100)) {
      const [first] = look(member);
      if (first) launched[first.code] = (launched[first.code] ?? 0) + 1;
    }
  });
  expect(launched).toEqual(told.refused);

  expect(await refusalsOfGate(world, leadIds)).toEqual({ ...told.refused, ...told.warned });
});

test('whoever is in the campaign already is refused once more, and enrolled by nobody', async () => {
  const world = await createWorld({});
  const { leadId } = await world.lead();
  const { journeyId } = await mintJourney(bench.database, world.organizationId, world.campaign, leadId);
  expect(await preflightOf(world, [leadId])).toMatchObject({ ready: 0, refused: { ALREADY_ENROLLED: 1 } });
  const launchId = await mintLaunch(bench.database, world.organizationId, world.campaign, [leadId]);
  const enrolled = await withOrganization(bench.database, world.scope, (tx) =>
    enrolMembers(tx, launchId, [{ leadId, workflowId: 'w' }]),
  );
  expect(enrolled).toEqual([]);
  expect(journeyId).toBeTruthy();
});

test('a campaign that names its numbers is judged and sends by those, whatever else there is', async () => {
  const named = mintPhone('415');
  const world = await createWorld({
    numbers: [{ e164: mintPhone('312') }, { e164: named, canVoice: false }],
  });
  const { leadId } = await world.lead();
  await bench.asOwner(
    `update campaigns set settings = settings || jsonb_build_object('numberIds',
       (select jsonb_agg(id) from phone_numbers where e164 = $2)) where id = $1`,
    [world.campaign.campaignId, named],
  );
  expect((await preflightOf(world, [leadId])).refused).toEqual({ CALLER_ID_MISSING: 1 });
  const { organizationId, campaign } = world;
  const { journeyId } = await mintJourney(bench.database, organizationId, campaign, leadId);
  await bench.attempt({ organizationId, journeyId }, 'text');
  const sent = await bench.asOwner('select our_number from sms_messages where journey_id = $1', [journeyId]);
  expect(sent).toEqual([{ our_number: named }]);
});
