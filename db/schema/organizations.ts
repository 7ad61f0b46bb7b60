import { boolean, index, jsonb, pgTable, pgPolicy, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { StoredOrganizationSettings } from '#domain/organization.ts';
import { applicationRole, createdAt, instant, organizationId, tenantPolicies } from './tenant.ts';

export const memberRoles = ['owner', 'admin', 'manager', 'agent', 'viewer'] as const;
export type MemberRole = (typeof memberRoles)[number];

export const organizations = pgTable(
  'organizations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    name: text('name').notNull(),
    slug: text('slug').notNull().unique(),
    settings: jsonb('settings').$type<StoredOrganizationSettings>().notNull().default({}),
    isActive: boolean('is_active').notNull().default(true),
    /** While set, nothing is sent by any campaign of this organisation. */
    sendingStoppedAt: instant('sending_stopped_at'),
    createdAt: createdAt(),
  },
  (table) => {
    const mine = sql`${table.id} = (select nullif(current_setting('app.organization_id', true), '')::uuid)`;
    const byOwners = sql`${mine} and (select current_setting('app.role', true)) in ('owner', 'admin', 'system')`;
    return [
      pgPolicy('organizations_read', { for: 'select', to: applicationRole, using: mine }),
      pgPolicy('organizations_insert', { for: 'insert', to: applicationRole, withCheck: byOwners }),
      pgPolicy('organizations_update', {
        for: 'update',
        to: applicationRole,
        using: byOwners,
        withCheck: byOwners,
      }),
    ];
  },
);

export const organizationUsers = pgTable(
  'organization_users',
  {
    organizationId: organizationId().references(() => organizations.id),
    userId: uuid('user_id').notNull(),
    role: text('role').$type<MemberRole>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.userId] }),
    ...tenantPolicies('organization_users', table.organizationId),
  ],
);

/** Who did what, for those who must answer for it. Written in the transaction of the change. */
export const auditLog = pgTable(
  'audit_log',
  {
    organizationId: organizationId(),
    id: uuid('id').notNull().defaultRandom(),
    userId: uuid('user_id'),
    /** For example `launch.create`. */
    action: text('action').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: uuid('subject_id'),
    requestId: text('request_id'),
    data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('audit_log_by_time').on(table.organizationId, table.createdAt),
    ...tenantPolicies('audit_log', table.organizationId),
  ],
);
