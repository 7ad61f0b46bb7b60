import type { ResumePolicy } from '#domain/compliance/pauses.ts';
import { boolean, integer, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/**
 * What belongs to the installation and not to one organisation: who may sign in, and which organisation a request is
 * for before any organisation is known. It stands outside row-level security and holds no business data.
 */
export const platform = pgSchema('platform');

export const users = platform.table('users', {
  id: uuid('id').primaryKey().defaultRandom(),
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  /** scrypt, as `salt:hash` in hex. */
  passwordHash: text('password_hash').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

export const sessions = platform.table('sessions', {
  /** SHA-256 of the cookie's token, in hex: a stolen table opens no session. */
  tokenHash: text('token_hash').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id),
  organizationId: uuid('organization_id').notNull(),
  role: text('role').notNull(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
});

export const apiKeys = platform.table('api_keys', {
  /** SHA-256 of the key, in hex. */
  keyHash: text('key_hash').primaryKey(),
  organizationId: uuid('organization_id').notNull(),
  name: text('name').notNull(),
  role: text('role').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

/** Whose number it is: how an inbound text or call finds its organisation. A number has one owner on an installation. */
export const numberRoutes = platform.table('number_routes', {
  e164: text('e164').primaryKey(),
  organizationId: uuid('organization_id').notNull(),
});

/** Switches of the whole installation; one row. */
export const switches = platform.table('switches', {
  only: boolean('only').primaryKey().default(true),
  sendingStoppedAt: timestamp('sending_stopped_at', { withTimezone: true }),
});

/** Every stretch in which the whole installation was stopped; see `sending_pauses`. */
export const stops = platform.table('stops', {
  id: uuid('id').primaryKey().defaultRandom(),
  beganAt: timestamp('began_at', { withTimezone: true }).notNull(),
  endedAt: timestamp('ended_at', { withTimezone: true }),
  policy: text('policy').$type<ResumePolicy>().notNull().default('keep'),
});

/**
 * The circuit breaker of each carrier, shared by all workers: after some failures in a row nothing is asked of it until
 * `openUntil`, then one touch at a time tries, and the first success closes it.
 */
export const carriers = platform.table('carriers', {
  name: text('name').primaryKey(),
  failures: integer('failures').notNull().default(0),
  openUntil: timestamp('open_until', { withTimezone: true }),
  /** Somebody is trying until then. */
  probeUntil: timestamp('probe_until', { withTimezone: true }),
});
