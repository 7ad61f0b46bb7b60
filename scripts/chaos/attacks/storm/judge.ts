import type { CarrierCallStatus, CarrierMessageStatus } from '#domain/carrier-status.ts';
import type { OwnDatabase } from '../own-database.ts';

/** The carrier's order of statuses, written down here once more so that the product is not judged by its own table. */
const rank: Partial<Record<CarrierMessageStatus | CarrierCallStatus, number>> = {
  accepted: 0,
  queued: 1,
  initiated: 2,
  sent: 3,
  ringing: 3,
  'in-progress': 4,
  delivered: 9,
  failed: 9,
  completed: 9,
  busy: 9,
  'no-answer': 9,
};

export const rankOf = (status: string): number => rank[status as CarrierMessageStatus] ?? -1;

/** How often a row went down or stood still in the order, where it may only go up. */
export function regressions(statuses: readonly string[]): number {
  return statuses.filter((status, nr) => nr > 0 && rankOf(status) <= rankOf(statuses[nr - 1]!)).length;
}

/** What an orderly reader makes of deliveries that come one after the other: news only. */
export function newsOf(current: string | null, order: readonly string[]): string[] {
  let top = current === null ? -1 : rankOf(current);
  return order.filter((status) => {
    if (rankOf(status) <= top) return false;
    top = rankOf(status);
    return true;
  });
}

/** Lets the database itself note every change of a status, whoever makes it. */
export async function watchStatuses({ asOwner }: OwnDatabase): Promise<void> {
  await asOwner(`
    create schema watch;
    create table watch.statuses (nr bigserial, touch_id uuid, status text);
    create function watch.note() returns trigger language plpgsql security definer as $$
      begin
        insert into watch.statuses (touch_id, status) values (new.id, new.carrier_status);
        return new;
      end $$;
    create trigger watch after update on sms_messages for each row
      when (old.carrier_status is distinct from new.carrier_status) execute function watch.note();
    create trigger watch after update on call_logs for each row
      when (old.carrier_status is distinct from new.carrier_status) execute function watch.note();`);
}

/** Every status that each touch went through since it was made. */
export async function statusesSeen(
  { asOwner }: OwnDatabase,
  touchId: string | null = null,
): Promise<Map<string, string[]>> {
  const rows = await asOwner<{ id: string; status: string }>(
    'select touch_id as id, status from watch.statuses where touch_id = $1 or $1::uuid is null order by nr',
    [touchId],
  );
  const seen = new Map<string, string[]>();
  for (const { id, status } of rows) seen.set(id, [...(seen.get(id) ?? []), status]);
  return seen;
}

export type InboxRow = { key: string; processed: boolean };

export async function inboxRows({ asOwner }: OwnDatabase): Promise<InboxRow[]> {
  return asOwner<InboxRow>(
    `select organization_id || ' ' || kind || ' ' || dedupe_key as key, processed_at is not null as processed
     from webhook_inbox`,
  );
}
