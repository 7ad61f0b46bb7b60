import { sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { pgPolicy, pgRole, timestamp, uuid } from 'drizzle-orm/pg-core';

/** What the application's connections act as: owner of nothing, without BYPASSRLS. Made by the first migration. */
export const applicationRole = pgRole('leadway_app').existing();

/** Whom the search function acts as, and nobody else: it may read what a search looks through, and change nothing. */
export const searchRole = pgRole('leadway_search').existing();

export const organizationId = () => uuid('organization_id').notNull();

export const id = () => uuid('id').notNull().defaultRandom();

/** Business time: the transaction's clock, or the dry run's (see `app_now` in the migrations). */
export const businessNow = sql`app_now()`;

export const instant = (name: string) => timestamp(name, { withTimezone: true });

export const createdAt = () => instant('created_at').notNull().default(businessNow);

export const updatedAt = () => instant('updated_at').notNull().default(businessNow);

// A sub-select is evaluated once a statement instead of once a row; a missing setting is null and matches nothing.
const currentOrganization = sql`(select nullif(current_setting('app.organization_id', true), '')::uuid)`;
const currentRole = sql`(select current_setting('app.role', true))`;

/**
 * The four policies of every business table: any member reads; owner, admin and manager insert; an agent may also
 * update; owner and admin delete. `system` is the product itself (worker, webhooks), never a person; rows that are
 * `rewrittenBySystemOnly` nobody else updates or deletes.
 */
export function tenantPolicies(
  table: string,
  column: AnyPgColumn,
  { rewrittenBySystemOnly = false }: { rewrittenBySystemOnly?: boolean } = {},
) {
  const mine = sql`${column} = ${currentOrganization}`;
  const roles = (...names: string[]) =>
    sql`${currentRole} in (${sql.raw(names.map((name) => `'${name}'`).join(', '))})`;
  const inserts = sql`${mine} and ${roles('owner', 'admin', 'manager', 'system')}`;
  const rewrites = rewrittenBySystemOnly ? sql`${mine} and ${roles('system')}` : null;
  const updates = rewrites ?? sql`${mine} and ${roles('owner', 'admin', 'manager', 'agent', 'system')}`;
  const deletes = rewrites ?? sql`${mine} and ${roles('owner', 'admin', 'system')}`;
  return [
    pgPolicy(`${table}_read`, { for: 'select', to: applicationRole, using: mine }),
    pgPolicy(`${table}_insert`, { for: 'insert', to: applicationRole, withCheck: inserts }),
    pgPolicy(`${table}_update`, { for: 'update', to: applicationRole, using: updates, withCheck: updates }),
    pgPolicy(`${table}_delete`, { for: 'delete', to: applicationRole, using: deletes }),
  ];
}
