import type { OwnDatabase } from '../own-database.ts';

/**
 * Lets the database itself judge every reservation at the last moment of its transaction, when it is about to commit: is
 * the opt-out of its number committed already? Then the reservation comes after it. Each statement of that check has a
 * snapshot of its own, so it asks about that moment and not about when the gate looked.
 */
export async function watchReservations({ asOwner }: OwnDatabase): Promise<void> {
  await asOwner(`
    create schema watch;
    create table watch.commits (nr bigserial, phone text, what text, after_stop boolean);
    create index on watch.commits (phone);
    create function watch.reservation() returns trigger language plpgsql security definer as $$
      begin
        insert into watch.commits (phone, what, after_stop) values (new.phone, 'reservation', exists (
          select from public.consents k
          where k.organization_id = new.organization_id and k.phone = new.phone and k.kind = 'opt_out'));
        return null;
      end $$;
    create function watch.stop() returns trigger language plpgsql security definer as $$
      begin
        insert into watch.commits (phone, what, after_stop) values (new.phone, 'stop', false);
        return null;
      end $$;
    create constraint trigger watch_reservation after insert on public.sms_messages deferrable initially deferred
      for each row when (new.direction = 'outbound' and new.state = 'sending') execute function watch.reservation();
    create constraint trigger watch_stop after insert on public.consents deferrable initially deferred
      for each row when (new.kind = 'opt_out') execute function watch.stop();`);
}

export type Verdict = {
  /** Numbers with a reservation: it came before their STOP. */
  before: number;
  /** Reservations that committed after the STOP of their number, as either witness has it. */
  late: number;
  stops: number;
};

/** Two witnesses: what the reservation saw when it committed, and the order in which both came to their commit. */
export async function judgeReservations({ asOwner }: OwnDatabase): Promise<Verdict> {
  const [verdict] = await asOwner<Verdict>(`
    select count(*) filter (where r.phone is not null and not (r.after_stop or coalesce(r.nr > s.nr, false)))::int as before,
      count(*) filter (where r.after_stop or r.nr > s.nr)::int as late, count(s.phone)::int as stops
    from (select * from watch.commits where what = 'reservation') r
      full join (select * from watch.commits where what = 'stop') s using (phone)`);
  return verdict!;
}
