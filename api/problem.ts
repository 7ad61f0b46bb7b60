import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** One fault of the input: where, what and, in a journey definition, at which step. */
export type FieldError = { field: string; code: string; message: string; stepId?: string | null };

type Details = {
  /** The field of the request that it is about. */
  field?: string;
  errors?: FieldError[];
  /** Seconds after which it is worth trying again. */
  retryAfterSeconds?: number;
  /** Members that belong to this code only, such as `requiredAction`. */
  extensions?: Record<string, unknown>;
};

/**
 * A "no" of the API, thrown by whoever finds it and written as a problem document (RFC 9457) by the error handler. `code`
 * is stable and for programs; `detail` is for people and holds no personal data.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly details: Details;

  constructor(status: ContentfulStatusCode, code: string, detail: string, details: Details = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** What another organisation has, and what nobody has, look the same. */
export function notFound(
  what: string,
  code = `${what.toUpperCase().replaceAll(' ', '_')}_NOT_FOUND`,
): Problem {
  return new Problem(404, code, `There is no such ${what}.`);
}

export function invalid(field: string, code: string, message: string): Problem {
  return new Problem(422, code, message, { field, errors: [{ field, code, message }] });
}

/** Something that this process depends on cannot be reached. */
export function unavailable(code: string, detail: string, retryAfterSeconds = 1): Problem {
  return new Problem(503, code, detail, { retryAfterSeconds });
}
