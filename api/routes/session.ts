import { createRoute } from '@hono/zod-openapi';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { hashPassword, verifyPassword } from '#db/passwords.ts';
import { closeSession, findUserByEmail, openSession, readOrganization } from '#db/queries/identity.ts';
import type { Identity } from '#db/queries/identity.ts';
import type { ApiEnv } from '../context.ts';
import {
  authenticate,
  clearSessionCookie,
  hashSessionToken,
  newSessionToken,
  requireOwnPage,
  sessionCookie,
  sessionLifetimeMs,
  setSessionCookie,
} from '../middleware/auth.ts';
import { createLoginLimit } from '../middleware/login-limit.ts';
import { Problem } from '../problem.ts';
import { createRouter } from '../router.ts';
import { sessionSchema, signInSchema } from '../schemas/session.ts';
import type { Session } from '../schemas/session.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const signIn = createRoute({
  method: 'post',
  path: '/session',
  tags: ['Session'],
  summary: 'Sign in',
  description: 'Sets the HttpOnly cookie `leadway_session` for 14 days.',
  request: { body: body(signInSchema) },
  responses: {
    201: json(sessionSchema, 'Signed in.'),
    ...problems({
      401: ['WRONG_CREDENTIALS'],
      403: ['CROSS_SITE_REQUEST'],
      422: ['VALIDATION_FAILED'],
      429: ['TOO_MANY_ATTEMPTS'],
    }),
  },
});

const read = createRoute({
  method: 'get',
  path: '/session',
  tags: ['Session'],
  summary: 'Who is asking, and for which organisation',
  security,
  middleware: [authenticate] as const,
  responses: { 200: json(sessionSchema, 'The session, or what the API key stands for.'), ...signedIn },
});

const signOut = createRoute({
  method: 'delete',
  path: '/session',
  tags: ['Session'],
  summary: 'Sign out',
  responses: {
    204: { description: 'Signed out, also when nobody was signed in.' },
    ...problems({ 403: ['CROSS_SITE_REQUEST'] }),
  },
});

/** Signing in and out. Failed attempts are counted by source and account. */
export function sessionRoutes() {
  const limit = createLoginLimit();
  // Compared with when nobody has that address, so that the answer takes as long.
  const nobodysHash = hashPassword('');

  return createRouter()
    .openapi(signIn, async (c) => {
      requireOwnPage(c);
      const { email, password } = c.req.valid('json');
      const { config, database } = c.var.deps;
      const source = sourceOf(c);
      const blockedForMs = limit.blockedForMs(source, email);
      if (blockedForMs > 0) {
        throw new Problem(429, 'TOO_MANY_ATTEMPTS', 'Too many failed attempts. Try again later.', {
          retryAfterSeconds: Math.ceil(blockedForMs / 1000),
        });
      }
      const user = await findUserByEmail(database, email);
      const matches = await verifyPassword(password, user?.passwordHash ?? (await nobodysHash));
      const { token, tokenHash } = newSessionToken(config.sessionSecret);
      const identity =
        user && matches
          ? await openSession(database, { userId: user.userId, tokenHash, lifetimeMs: sessionLifetimeMs })
          : null;
      if (identity === null) {
        limit.failed(source, email);
        throw new Problem(401, 'WRONG_CREDENTIALS', 'The e-mail address or the password is wrong.');
      }
      limit.succeeded(source, email);
      setSessionCookie(c, token);
      return c.json(await sessionOf(c, identity), 201);
    })
    .openapi(read, async (c) => c.json(await sessionOf(c, c.var.identity), 200))
    .openapi(signOut, async (c) => {
      requireOwnPage(c);
      const { config, database } = c.var.deps;
      const token = getCookie(c, sessionCookie);
      if (token) await closeSession(database, hashSessionToken(token, config.sessionSecret));
      clearSessionCookie(c);
      return c.body(null, 204);
    });
}

async function sessionOf(c: Context<ApiEnv>, identity: Identity): Promise<Session> {
  const { organizationId, role, user } = identity;
  const organization = await readOrganization(c.var.deps.database, {
    organizationId,
    role,
    userId: user?.id,
  });
  return { user, organization, role };
}

/** The peer's address; in-process requests have none. */
function sourceOf(c: Context<ApiEnv>): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
