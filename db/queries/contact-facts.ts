import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';

/*
 * What is known about contacting a lead, as pieces of statements: the gate and the preflight judge by the same words.
 * Aliases: `l` the lead, `c` the campaign, `o` the organisation.
 */

export const leadBlocked = sql`
  exists (select from lead_blocks b where b.lead_id = l.id and (b.expires_at is null or b.expires_at > app_now()))`;

export const onDnc = sql`exists (select from dnc_entries d where d.phone = l.phone)`;

export const dncListsOf = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('list', list, 'scrubbedOn', scrubbed_on) order by list), '[]')
    from dnc_lists)`;

/**
 * The newest word of the consent ledger about that channel, all channels included; null = there is none. Where an opt-out
 * spans the organisation, one that was given to another campaign counts as well, but an opt-in to it does not.
 */
export function newestConsent(channel: 'sms' | 'call', campaignId: SQL): SQL {
  const channels = channel === 'sms' ? sql`('all', 'sms')` : sql`('all', 'voice')`;
  return sql`
    (select jsonb_build_object('id', k.id, 'kind', k.kind, 'source', k.source, 'at', k.created_at) from consents k
      where k.phone = l.phone and k.channel in ${channels} and (k.campaign_id is null
        or k.campaign_id = ${campaignId}
        or k.kind = 'opt_out' and coalesce(o.settings ->> 'optOutScope', 'organization') = 'organization')
      order by k.created_at desc, k.id desc limit 1)`;
}

/** Somebody has to read a reply of this number that may be a refusal. */
export const consentUnclear = sql`
  exists (select from consent_reviews r where r.phone = l.phone and r.resolved_at is null)`;

/** Touches that count against a person: from their reservation on, unless the carrier surely does not have them. */
export const countingStates = sql`('reserved', 'sending', 'sent', 'unknown')`;

/** The newest automated text to the number; `except` leaves some out, under the alias `m`. */
export function lastTextAt(except: SQL = sql`false`): SQL {
  return sql`
    (select max(coalesce(m.sending_at, m.created_at)) from sms_messages m
      where m.phone = l.phone and m.direction = 'outbound' and m.kind = 'automated' and m.state in ${countingStates}
        and not (${except}))`;
}

export const lastReplyAt = sql`
  (select max(m.created_at) from sms_messages m where m.phone = l.phone and m.direction = 'inbound')`;

export const sendingStopped = sql`
  (o.sending_stopped_at is not null or not o.is_active
    or exists (select from platform.switches where sending_stopped_at is not null))`;

/** What the lead's fields give to templates; the custom ones stand beside it. */
export const templateFieldsOf = sql`
  jsonb_build_object(
    'first_name', l.first_name, 'last_name', l.last_name, 'full_name', trim(l.first_name || ' ' || l.last_name),
    'company', l.company, 'city', l.city, 'state', l.state, 'organization', o.name, 'campaign', c.name)`;

/** The values for a lead's templates: what `templateFieldsOf` read and the custom fields, without those that are empty. */
export function templateValues(
  fields: Record<string, string | null>,
  customFields: Record<string, string>,
): Record<string, string> {
  const custom = Object.entries(customFields).map(([name, value]) => [`custom.${name}`, value] as const);
  return Object.fromEntries(
    [...Object.entries(fields), ...custom].filter((entry): entry is [string, string] => !!entry[1]),
  );
}
