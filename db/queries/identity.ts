import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { MemberRole } from '../schema/organizations.ts';
import { apiKeys, numberRoutes, sessions, users } from '../schema/platform.ts';
import { systemScope } from '../tenant.ts';
import type { TenantScope } from '../tenant.ts';
import { inOneStatement } from './reading.ts';

/** Who is asking, and for which organisation: known before any tenant transaction is opened. */
export type Identity = {
  organizationId: string;
  role: MemberRole;
  user: { id: string; name: string; email: string } | null;
};

/** The person behind a session that has not run out. */
export async function findSession(database: Database, tokenHash: string): Promise<Identity | null> {
  const [row] = await database.platform
    .select({
      organizationId: sessions.organizationId,
      role: sessions.role,
      id: users.id,
      name: users.name,
      email: users.email,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(sql`${sessions.tokenHash} = ${tokenHash} and ${sessions.expiresAt} > now()`);
  if (!row) return null;
  const { organizationId, role, ...user } = row;
  return { organizationId, role: role as MemberRole, user };
}

export async function findApiKey(database: Database, keyHash: string): Promise<Identity | null> {
  const [row] = await database.platform
    .select({ organizationId: apiKeys.organizationId, role: apiKeys.role })
    .from(apiKeys)
    .where(eq(apiKeys.keyHash, keyHash));
  return row ? { organizationId: row.organizationId, role: row.role as MemberRole, user: null } : null;
}

export type SignIn = { userId: string; passwordHash: string };

/** E-mail addresses are one person's whatever their case. */
export async function findUserByEmail(database: Database, email: string): Promise<SignIn | null> {
  const [row] = await database.platform
    .select({ userId: users.id, passwordHash: users.passwordHash })
    .from(users)
    .where(sql`lower(${users.email}) = lower(${email})`);
  return row ?? null;
}

/**
 * Opens a session in the first organisation that the person belongs to; null when there is none. Memberships stand
 * behind row-level security, so they are looked for organisation by organisation.
 */
export async function openSession(
  database: Database,
  session: { userId: string; tokenHash: string; lifetimeMs: number },
): Promise<Identity | null> {
  for (const organizationId of await organizationIds(database)) {
    const role = await roleIn(database, organizationId, session.userId);
    if (role === null) continue;
    await database.platform
      .delete(sessions)
      .where(sql`${sessions.userId} = ${session.userId} and ${sessions.expiresAt} < now()`);
    await database.platform.insert(sessions).values({
      tokenHash: session.tokenHash,
      userId: session.userId,
      organizationId,
      role,
      expiresAt: sql`now() + ${session.lifetimeMs} * interval '1 millisecond'`,
    });
    return findSession(database, session.tokenHash);
  }
  return null;
}

async function roleIn(
  database: Database,
  organizationId: string,
  userId: string,
): Promise<MemberRole | null> {
  const [row] = await inOneStatement<{ role: MemberRole }>(
    database,
    systemScope(organizationId),
    sql`
      select u.role from organization_users u join organizations o on o.id = u.organization_id
      where u.user_id = ${userId} and o.is_active`,
  );
  return row?.role ?? null;
}

export async function closeSession(database: Database, tokenHash: string): Promise<void> {
  await database.platform.delete(sessions).where(eq(sessions.tokenHash, tokenHash));
}

export type OrganizationName = { id: string; name: string; slug: string };

/** The organisation that a request acts for. */
export async function readOrganization(database: Database, scope: TenantScope): Promise<OrganizationName> {
  const [row] = await inOneStatement<OrganizationName>(
    database,
    scope,
    sql`select id, name, slug from organizations where id = ${scope.organizationId}`,
  );
  if (!row) throw new Error('The organisation of this session does not exist');
  return row;
}

/** Whose number it is; null when it is nobody's here. */
export async function organizationOfNumber(database: Database, e164: string): Promise<string | null> {
  const [row] = await database.platform
    .select({ organizationId: numberRoutes.organizationId })
    .from(numberRoutes)
    .where(eq(numberRoutes.e164, e164));
  return row?.organizationId ?? null;
}

/** Every organisation that can be reached from outside: by a number, a key or a session. */
export async function organizationIds(database: Database): Promise<string[]> {
  const result = await database.platform.execute<{ id: string }>(sql`
    select organization_id as id from platform.number_routes
    union select organization_id from platform.api_keys
    union select organization_id from platform.sessions
    order by id`);
  return result.rows.map(({ id }) => id);
}
