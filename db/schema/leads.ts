import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CustomFieldType } from '#domain/custom-field.ts';
import { createdAt, id, instant, organizationId, searchRole, tenantPolicies, updatedAt } from './tenant.ts';

/** A person to reach. */
export const leads = pgTable(
  'leads',
  {
    organizationId: organizationId(),
    id: id(),
    /** The CRM's own id of this person. */
    externalId: text('external_id'),
    firstName: text('first_name').notNull().default(''),
    lastName: text('last_name').notNull().default(''),
    company: text('company'),
    /** E.164: the lane in which everything to this person is kept apart. */
    phone: text('phone').notNull(),
    /** As it was given. */
    rawPhone: text('raw_phone').notNull(),
    email: text('email'),
    address: text('address'),
    city: text('city'),
    state: text('state'),
    postalCode: text('postal_code'),
    country: text('country'),
    /** Every zone this person may be in, by number and address. Empty = unknown, and unknown means closed. */
    timeZones: text('time_zones')
      .array()
      .notNull()
      .default(sql`'{}'`),
    source: text('source'),
    status: text('status').notNull().default('new'),
    pipelineId: uuid('pipeline_id'),
    stageId: uuid('stage_id'),
    /** Since when it is in its stage: days in stage are counted from it. */
    stageEnteredAt: instant('stage_entered_at'),
    score: integer('score'),
    customFields: jsonb('custom_fields').$type<Record<string, string>>().notNull().default({}),
    tags: text('tags')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** What a search looks through: words in small letters without accents, a space before and after each. */
    searchText: text('search_text').generatedAlwaysAs(
      sql`search_form(' ' || first_name || ' ' || last_name || ' ' || coalesce(company, '') || ' ' || coalesce(email, '') || ' ' || phone || ' ')`,
    ),
    /** By which a list is sorted by name: last name first. */
    nameKey: text('name_key').generatedAlwaysAs(sql`left(search_form(last_name || ' ' || first_name), 100)`),
    /** Set = deleted: no list shows it, nothing finds it, its fields are empty; its ledger rows stay for those who must answer for them. */
    deletedAt: instant('deleted_at'),
    /** The lead that it was merged into, when that is why it was deleted. */
    mergedIntoId: uuid('merged_into_id'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('leads_external_id').on(table.organizationId, table.externalId),
    index('leads_by_stage')
      .on(table.organizationId, table.stageId, table.stageEnteredAt, table.id)
      .where(sql`${table.deletedAt} is null`),
    index('leads_by_status')
      .on(table.organizationId, table.status, table.createdAt, table.id)
      .where(sql`${table.deletedAt} is null`),
    index('leads_phone').on(table.organizationId, table.phone),
    index('leads_newest').on(table.organizationId, table.createdAt, table.id),
    index('leads_changed').on(table.organizationId, table.updatedAt, table.id),
    index('leads_by_name').on(table.organizationId, table.nameKey, table.id),
    index('leads_merged')
      .on(table.organizationId, table.mergedIntoId)
      .where(sql`${table.mergedIntoId} is not null`),
    // Every write of a lead would otherwise merge some fifty entries into it at once.
    index('leads_search')
      .using('gin', table.organizationId.op('uuid_ops'), table.searchText.op('gin_trgm_ops'))
      .with({ fastupdate: true }),
    ...tenantPolicies('leads', table.organizationId),
    // Only `find_leads` acts as that role; it asks for the organisation itself (docs/decisions/0011-search-under-row-level-security.md).
    pgPolicy('leads_search', { for: 'select', to: searchRole, using: sql`true` }),
  ],
);

/** A lead that nobody may contact for a reason of our own (a dispute, a customer's wish), whatever the number. */
export const leadBlocks = pgTable(
  'lead_blocks',
  {
    organizationId: organizationId(),
    id: id(),
    leadId: uuid('lead_id').notNull(),
    reason: text('reason').notNull(),
    /** Null = until lifted. */
    expiresAt: instant('expires_at'),
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.leadId],
      foreignColumns: [leads.organizationId, leads.id],
    }),
    index('lead_blocks_by_lead').on(table.organizationId, table.leadId),
    ...tenantPolicies('lead_blocks', table.organizationId),
  ],
);

/** Numbers on do-not-call lists: national, of a state, or the organisation's own. */
export const dncEntries = pgTable(
  'dnc_entries',
  {
    organizationId: organizationId(),
    phone: text('phone').notNull(),
    /** `own`, `national`, or a state's code. */
    list: text('list').notNull(),
    reason: text('reason'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.phone, table.list] }),
    index('dnc_entries_by_list').on(table.organizationId, table.list, table.phone),
    ...tenantPolicies('dnc_entries', table.organizationId),
  ],
);

/** The lists behind the entries: what they are, and when their numbers were last compared with the source. */
export const dncLists = pgTable(
  'dnc_lists',
  {
    organizationId: organizationId(),
    /** As the entries name it: `own`, `national`, or a state's code. */
    list: text('list').notNull(),
    /** The day of the copy that was loaded last; older than 31 days is stale (47 CFR 64.1200(c)(2)(i)(D)). */
    scrubbedOn: date('scrubbed_on'),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.list] }),
    ...tenantPolicies('dnc_lists', table.organizationId),
  ],
);

/** A reply that may be a refusal: until a person has read it, nothing automated goes to that number. */
export const consentReviews = pgTable(
  'consent_reviews',
  {
    organizationId: organizationId(),
    id: id(),
    phone: text('phone').notNull(),
    messageId: uuid('message_id').notNull(),
    /** `opt_out`: it was one. `continue`: it was none. Null = nobody has read it yet. */
    resolution: text('resolution').$type<'opt_out' | 'continue'>(),
    resolvedBy: uuid('resolved_by'),
    resolvedAt: instant('resolved_at'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('consent_reviews_once').on(table.organizationId, table.messageId),
    index('consent_reviews_open')
      .on(table.organizationId, table.phone)
      .where(sql`${table.resolvedAt} is null`),
    ...tenantPolicies('consent_reviews', table.organizationId),
  ],
);

/** Ledger of opt-ins and opt-outs by number; the newest row of a number rules. Rows are added, never changed. */
export const consents = pgTable(
  'consents',
  {
    organizationId: organizationId(),
    id: id(),
    phone: text('phone').notNull(),
    kind: text('kind').$type<'opt_in' | 'opt_out'>().notNull(),
    /** `all`, `sms` or `voice`. */
    channel: text('channel').$type<'all' | 'sms' | 'voice'>().notNull().default('all'),
    /**
     * The person's own word: `keyword`, `reply`, `carrier` (error 21610), `review` (a reply that somebody read). Anything
     * else is what whoever recorded it calls it: `manual`, `web_form`, …
     */
    source: text('source').notNull(),
    /** What the person wrote or was shown. */
    text: text('text'),
    messageId: uuid('message_id'),
    /** The campaign that it is about, where the organisation keeps consent by campaign; null = all of them. */
    campaignId: uuid('campaign_id'),
    /** The number had said the same already when this was recorded: it is no news, and nothing is confirmed. */
    repeats: boolean('repeats').notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('consents_newest').on(table.organizationId, table.phone, table.createdAt.desc()),
    uniqueIndex('consents_once_a_message').on(table.organizationId, table.messageId),
    ...tenantPolicies('consents', table.organizationId),
  ],
);

/** What a person wrote about a lead. */
export const leadNotes = pgTable(
  'lead_notes',
  {
    organizationId: organizationId(),
    id: id(),
    leadId: uuid('lead_id').notNull(),
    body: text('body').notNull(),
    userId: uuid('user_id'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    foreignKey({
      columns: [table.organizationId, table.leadId],
      foreignColumns: [leads.organizationId, leads.id],
    }),
    index('lead_notes_by_lead').on(table.organizationId, table.leadId, table.createdAt),
    ...tenantPolicies('lead_notes', table.organizationId),
  ],
);

/** A field of leads that the organisation defined. Values are kept as text; the type says which texts are taken. */
export const customFields = pgTable(
  'custom_fields',
  {
    organizationId: organizationId(),
    id: id(),
    /** As `custom_fields` of leads and `{{custom.name}}` of templates name it. */
    name: text('name').notNull(),
    label: text('label').notNull(),
    type: text('type').$type<CustomFieldType>().notNull(),
    /** The choices of a `select`. */
    options: text('options')
      .array()
      .notNull()
      .default(sql`'{}'`),
    position: integer('position').notNull().default(0),
    archivedAt: instant('archived_at'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('custom_fields_name').on(table.organizationId, table.name),
    ...tenantPolicies('custom_fields', table.organizationId),
  ],
);

/** A filter of leads under a name: a segment that lists, bulk actions and launches use. */
export const savedFilters = pgTable(
  'saved_filters',
  {
    organizationId: organizationId(),
    id: id(),
    name: text('name').notNull(),
    filter: jsonb('filter').$type<Record<string, unknown>>().notNull(),
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    uniqueIndex('saved_filters_name').on(table.organizationId, table.name),
    ...tenantPolicies('saved_filters', table.organizationId),
  ],
);
