import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { STATUS_CODES } from 'node:http';
import type { ApiEnv } from '../context.ts';
import { Problem, unavailable } from '../problem.ts';
import type { FieldError } from '../problem.ts';

/** The one place that turns whatever was thrown into an answer: a problem document (RFC 9457) with the request's id. */
export function answerProblem(error: unknown, c: Context<ApiEnv>): Response {
  const problem = problemOf(error);
  const { status, code, message, details } = problem;
  const { deps, requestId } = c.var;
  if (status >= 500) {
    // The stack and the database's code, never the message of a foreign error: it may quote what a person sent.
    deps.logger.error({ requestId, code, ...traceOf(error) }, 'a request failed');
  }
  if (details.retryAfterSeconds !== undefined) c.header('Retry-After', String(details.retryAfterSeconds));
  const document = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: message,
    ...(details.field === undefined ? {} : { field: details.field }),
    ...(details.errors === undefined ? {} : { errors: details.errors }),
    ...details.extensions,
    requestId,
  };
  return c.body(JSON.stringify(document), status, { 'Content-Type': 'application/problem+json' });
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof z.ZodError) return validationProblem(error);
  if (error instanceof HTTPException) return problemOfException(error);
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isDatabaseDown(cause)) {
      return unavailable('DATABASE_UNAVAILABLE', 'The database cannot be reached at the moment.');
    }
    if (unstorableCodes.has(codeOf(cause) ?? '')) {
      return new Problem(422, 'VALIDATION_FAILED', 'The input holds a character that cannot be stored.');
    }
    if (codeOf(cause) === insufficientPrivilege) {
      return new Problem(403, 'FORBIDDEN', 'Your role does not allow this.');
    }
  }
  return new Problem(500, 'INTERNAL_ERROR', 'Something went wrong on our side.');
}

/** Every fault of the input at once, each under the field's path. */
export function validationProblem(error: z.ZodError, where = ''): Problem {
  const errors: FieldError[] = error.issues.map((issue) => ({
    field: issue.path.map(String).join('.') || where || 'body',
    code: (issue.code === 'custom' && (issue.params?.code as string | undefined)) || issue.code.toUpperCase(),
    message: issue.message,
  }));
  const [first] = errors;
  const detail =
    first && errors.length === 1 ? `${first.field}: ${first.message}` : 'The input is not valid.';
  return new Problem(422, 'VALIDATION_FAILED', detail, { ...(first ? { field: first.field } : {}), errors });
}

/** The framework's own refusals: a body that is not JSON, a body that is too large. */
function problemOfException(error: HTTPException): Problem {
  const known: Record<number, [string, string]> = {
    400: ['BAD_REQUEST', 'The body cannot be read: it is not what its Content-Type says.'],
    413: ['BODY_TOO_LARGE', 'The body is too large.'],
    415: ['UNSUPPORTED_MEDIA_TYPE', 'The body is of a kind that this route does not take.'],
  };
  const status = error.status as ContentfulStatusCode;
  const [code, detail] = known[status] ?? [`HTTP_${status}`, STATUS_CODES[status] ?? 'Error'];
  return new Problem(status, code, detail);
}

const insufficientPrivilege = '42501';

/** Source: PostgreSQL, "Error Codes": untranslatable character, character not in repertoire, invalid text (of JSON). */
const unstorableCodes = new Set(['22P05', '22021', '22P02']);

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
]);

/** Source: PostgreSQL, "Error Codes": class 08 and 57P0x, and 53300 (too many connections). */
function isDatabaseDown(error: Error): boolean {
  const code = codeOf(error);
  if (code !== null && /^(08...|57P0[123]|53300)$/.test(code)) return true;
  if (code !== null && connectionCodes.has(code)) return true;
  // The driver and its pool give these two no code.
  return /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message);
}

function codeOf(error: Error): string | null {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : null;
}

function traceOf(error: unknown): Record<string, unknown> {
  const causes: Record<string, unknown>[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const frames = cause.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
    causes.push({ name: cause.name, code: codeOf(cause), stack: frames.slice(0, 8).join('\n') });
  }
  return { causes };
}
