import type { Context } from 'hono';
import type { Actor } from '#db/queries/audit.ts';
import type { ApiEnv } from '../context.ts';

/** Who the audit log names for this request. */
export function actorOf(c: Context<ApiEnv>): Actor {
  return { userId: c.var.scope.userId ?? null, requestId: c.var.requestId };
}
