import { createHmac, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { hashApiKey, isApiKey } from '#db/api-keys.ts';
import { findApiKey, findSession } from '#db/queries/identity.ts';
import type { Identity } from '#db/queries/identity.ts';
import type { MemberRole } from '#db/schema/organizations.ts';
import type { ApiEnv } from '../context.ts';
import { Problem } from '../problem.ts';

export const sessionCookie = 'leadway_session';
export const sessionLifetimeMs = 14 * 24 * 60 * 60 * 1000;

/** A new session's token, for the cookie, and what the database keeps of it. */
export function newSessionToken(secret: string): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashSessionToken(token, secret) };
}

/** Keyed, so that whoever can write to the table alone cannot make a session. */
export function hashSessionToken(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('hex');
}

export function setSessionCookie(c: Context<ApiEnv>, token: string): void {
  setCookie(c, sessionCookie, token, {
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.var.deps.config.publicUrl.startsWith('https:'),
    path: '/',
    maxAge: sessionLifetimeMs / 1000,
  });
}

export function clearSessionCookie(c: Context<ApiEnv>): void {
  deleteCookie(c, sessionCookie, { path: '/' });
}

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Who is asking: an API key in `Authorization`, else the session's cookie. A viewer may only read, and a request that
 * changes something by cookie must come from our own pages.
 */
export const authenticate = createMiddleware<ApiEnv>(async (c, next) => {
  const identity = await identify(c);
  if (identity === null) throw new Problem(401, 'UNAUTHENTICATED', 'Sign in, or send an API key.');
  c.set('identity', identity);
  const { organizationId, role, user } = identity;
  c.set('scope', { organizationId, role, userId: user?.id ?? null });
  if (!readingMethods.has(c.req.method) && role === 'viewer') throw forbidden();
  await next();
});

async function identify(c: Context<ApiEnv>): Promise<Identity | null> {
  const { config, database } = c.var.deps;
  const authorization = c.req.header('Authorization');
  if (authorization !== undefined) {
    const key = authorization.replace(/^Bearer /i, '');
    return isApiKey(key) ? findApiKey(database, hashApiKey(key)) : null;
  }
  const token = getCookie(c, sessionCookie);
  if (!token) return null;
  if (!readingMethods.has(c.req.method)) requireOwnPage(c);
  return findSession(database, hashSessionToken(token, config.sessionSecret));
}

/** Roles from the strongest to the weakest. */
const ranks: Record<MemberRole, number> = { owner: 4, admin: 3, manager: 2, agent: 1, viewer: 0 };

/** Lets through those with at least that role, as the database's own policies do. */
export function requireRole(least: MemberRole) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    if (ranks[c.var.identity.role] < ranks[least]) throw forbidden();
    await next();
  });
}

function forbidden(): Problem {
  return new Problem(403, 'FORBIDDEN', 'Your role does not allow this.');
}

const formTypes = /^(application\/json|multipart\/form-data|text\/csv)\b/i;

/**
 * Against forged requests from other sites: browsers tell with every change where it comes from, and the body must be of
 * a kind that our pages send. Source: OWASP, "Cross-Site Request Forgery Prevention", verifying origin with headers.
 */
export function requireOwnPage(c: Context<ApiEnv>): void {
  const type = c.req.header('Content-Type');
  const allowedType = type === undefined || formTypes.test(type);
  if (!allowedType || !comesFromOwnPage(c)) {
    throw new Problem(
      403,
      'CROSS_SITE_REQUEST',
      'The request does not come from a page of this installation.',
    );
  }
}

/** A request with neither header is no browser's: nobody else's page can have caused it. */
function comesFromOwnPage(c: Context<ApiEnv>): boolean {
  const site = c.req.header('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('Origin');
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === new URL(c.req.url).host || host === new URL(c.var.deps.config.publicUrl).host;
}
