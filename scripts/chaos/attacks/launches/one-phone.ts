import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { mintCampaign, tinyJourney } from '#db/testing/factories.ts';
import { hourMs } from '#domain/duration.ts';
import { gatherCrowd } from '../../stage/people.ts';
import type { Stage } from '../../stage/stage.ts';

const campaignsEach = 5;

/**
 * So many phones, each of two leads, each of them in five campaigns that all begin with a text, launched at once. One of
 * the ten journeys may text; the others have to wait a day from then.
 */
export async function onePhoneInManyCampaigns(
  stage: Stage,
  options: { phones: number; waitMs: number },
): Promise<{ journeys: number; texts: number; failures: Record<string, number> }> {
  const crowd = await gatherCrowd(stage, tinyJourney);
  const { organizationId, campaignId } = crowd;
  const people = await crowd.addLeads(options.phones);
  const spouses = await stage.asOwner<{ leadId: string; phone: string }>(
    `insert into leads (organization_id, phone, raw_phone, first_name, time_zones)
     select organization_id, phone, '', 'Bob', time_zones from leads where organization_id = $1
     returning id as "leadId", phone`,
    [organizationId],
  );
  const leadIds = [...people, ...spouses].map(({ leadId }) => leadId);
  const others = await Promise.all(
    Array.from({ length: campaignsEach - 1 }, () =>
      mintCampaign(stage.database, organizationId, { definition: tinyJourney }),
    ),
  );
  const campaignIds = [campaignId, ...others.map((other) => other.campaignId)];
  const answers = await Promise.all(
    campaignIds.map((id) =>
      crowd.request('/v1/launches', {
        method: 'POST',
        json: { campaignId: id, cohort: { leadIds } },
        headers: { 'idempotency-key': randomUUID() },
      }),
    ),
  );
  const refused = answers.filter(({ ok }) => !ok).length;
  const journeys = leadIds.length * campaignsEach;
  const resting = await untilResting(stage, organizationId, journeys, options.waitMs);

  const phones = new Map(people.map(({ phone }) => [phone, [] as Date[]]));
  for (const { to, createdAt } of stage.ledger.texts) phones.get(to)?.push(createdAt);
  const sent = [...phones.values()];
  // Whoever had to wait does so for the rest of the day that began with the text.
  const tooSoon = await stage.asOwner(
    `select j.id from journeys j join leads l on l.id = j.lead_id
       join sms_messages m on m.phone = l.phone and m.direction = 'outbound' and m.state = 'sent'
     where j.organization_id = $1 and m.organization_id = $1 and j.step_id = 'text' and j.status = 'active'
       and (j.waiting_until is null or j.waiting_until < m.sent_at + $2 * interval '1 millisecond')`,
    [organizationId, 24 * hourMs - 60_000],
  );
  return {
    journeys,
    texts: sent.flat().length,
    failures: {
      'launches refused': refused,
      'journeys that came to no rest': journeys - resting,
      'phones texted more than once in 24 h': sent.filter((texts) => texts.length > 1).length,
      'phones that nobody texted': sent.filter((texts) => texts.length === 0).length,
      'journeys that would text within 24 h': tooSoon.length,
    },
  };
}

async function untilResting(stage: Stage, organizationId: string, wanted: number, withinMs: number) {
  for (const deadline = Date.now() + withinMs; ; await sleep(200)) {
    const [row] = await stage.asOwner<{ n: number }>(
      'select count(*)::int as n from journeys where organization_id = $1 and waiting_for is not null',
      [organizationId],
    );
    if (row!.n >= wanted || Date.now() > deadline) return row!.n;
  }
}
