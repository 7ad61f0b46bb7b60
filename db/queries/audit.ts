import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { inOneStatement } from './reading.ts';

/** Who did it, and by which request. `userId` is null for an API key. */
export type Actor = { userId: string | null; requestId: string };

export type AuditEntry = {
  /** For example `launch.create`. */
  action: string;
  subjectType: string;
  subjectId: string;
  data?: Record<string, unknown>;
};

/** Writes who did what, in the transaction of the change. */
export async function recordAudit(
  tx: TenantTransaction,
  organizationId: string,
  actor: Actor,
  entry: AuditEntry,
): Promise<void> {
  await tx.execute(insertion(organizationId, actor, entry));
}

/**
 * The same for a change that is made outside the database, by a signal. The product writes it in the person's name: an
 * agent may act on a journey, but may insert nothing.
 */
export async function recordAuditAlone(
  database: Database,
  scope: TenantScope,
  actor: Actor,
  entry: AuditEntry,
): Promise<void> {
  await inOneStatement(database, { ...scope, role: 'system' }, insertion(scope.organizationId, actor, entry));
}

function insertion(organizationId: string, actor: Actor, entry: AuditEntry): SQL {
  return sql`
    insert into audit_log (organization_id, user_id, action, subject_type, subject_id, request_id, data)
    values (${organizationId}::uuid, ${actor.userId}::uuid, ${entry.action}, ${entry.subjectType},
      ${entry.subjectId}::uuid, ${actor.requestId}, ${JSON.stringify(entry.data ?? {})}::jsonb)`;
}
