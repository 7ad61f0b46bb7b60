import { sql } from 'drizzle-orm';
import { organizationSettings } from '#domain/organization.ts';
import type { StoredOrganizationSettings } from '#domain/organization.ts';
import type { TenantTransaction } from '../tenant.ts';
import { rowsOf } from './rows.ts';

export type Audience = { launchId: string } | { campaignId: string } | { organizationWide: true };

/**
 * The running journeys of an audience, by id. Of those that are to be woken, only who would not be held again at once by
 * another pause, or by a new one: that one's own resume wakes them.
 */
export async function journeysToTell(
  tx: TenantTransaction,
  { audience, heldOnly, message }: { audience: Audience; heldOnly: boolean; message: { tell: string } },
  after: string,
  limit: number,
): Promise<{ id: string; workflowId: string }[]> {
  const whose =
    'launchId' in audience
      ? sql`j.launch_id = ${audience.launchId}`
      : 'campaignId' in audience
        ? sql`j.campaign_id = ${audience.campaignId}`
        : sql`true`;
  const free = sql`
    exists (
      select from campaigns c, launches la, organizations o
      where c.id = j.campaign_id and la.id = j.launch_id and o.id = j.organization_id
        and c.paused_at is null and la.paused_at is null and o.sending_stopped_at is null)
    and not exists (select from platform.switches where sending_stopped_at is not null)`;
  return rowsOf(
    tx,
    sql`
      select j.id, j.workflow_id as "workflowId" from journeys j
      -- Also those whose start is not on record yet: a batch that is being started is as running as any.
      where ${whose} and j.id > ${after} and j.status in ('active', 'paused')
        and ${heldOnly ? sql`j.waiting_for = 'hold'` : sql`true`} and ${message.tell === 'wake' ? free : sql`true`}
      order by j.id limit ${limit}`,
  );
}

/** How many journeys a second may be woken: what the organisation allows, and no more than its numbers carry together. */
export async function wakingRate(tx: TenantTransaction): Promise<number> {
  const [row] = await rowsOf<{ settings: StoredOrganizationSettings; numbers: number | null }>(
    tx,
    sql`
      select o.settings, (select nullif(sum(n.rate_per_second), 0)::float8 from phone_numbers n where n.is_active) as numbers
      from organizations o`,
  );
  if (!row) return 1;
  const { touchesPerSecond } = organizationSettings(row.settings);
  return Math.min(touchesPerSecond, row.numbers ?? Infinity);
}
