import { hc } from 'hono/client';
import type { ClientResponse, PickResponseByStatusCode } from 'hono/client';
import type { SuccessStatusCode } from 'hono/utils/http-status';
import type { Api } from '#api/app.ts';

/** A problem document (RFC 9457) as the API sends it. */
export type Problem = {
  status: number;
  title: string;
  code: string;
  detail?: string | undefined;
  field?: string | undefined;
  requestId?: string | undefined;
  errors?: FieldError[] | undefined;
  /** Members that belong to one code, such as `requiredAction`. */
  [extension: string]: unknown;
};
type FieldError = { field: string; code: string; message: string; stepId?: string | null };

/** Every failure of a request, whether the API refused it or it never got there (`UNREACHABLE`). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  readonly errors: FieldError[];
  readonly requestId: string | undefined;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.field = problem.field;
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId;
    this.problem = problem;
  }

  /** What to write at that field of a form; null when the error is not about it. */
  at(field: string): string | null {
    const found = this.errors.find((error) => error.field === field);
    return found?.message ?? (this.field === field ? this.message : null);
  }
}

/**
 * Every route under `/v1`, with the types of what it takes and answers. A refusal is thrown as `ApiError`, so only the
 * answers that succeed are left; `answerOf` reads them. Parameters of a path go as they are: ids need no encoding.
 */
export const api = hc<PickResponseByStatusCode<Api, SuccessStatusCode>>('/v1', {
  fetch: fetchOrThrow,
  buildSearchParams: filtersThatAreSet,
});

/** The options of one request that can be given up; queries hand their signal on. */
export function until(signal: AbortSignal): { init: RequestInit } {
  return { init: { signal } };
}

type Answer<Response> =
  Response extends ClientResponse<infer Body, infer Status, infer _Format>
    ? Status extends 204
      ? undefined
      : Body
    : never;

/** What a request is answered with, read as JSON; nothing when there is no body. Throws `ApiError`. */
export async function answerOf<Response extends ClientResponse<unknown, number, string>>(
  request: Promise<Response>,
): Promise<Answer<Response>> {
  const response = await request;
  return (response.status === 204 ? undefined : await response.json()) as Answer<Response>;
}

async function fetchOrThrow(url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, credentials: 'same-origin' }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({
      status: 0,
      title: 'No connection',
      code: 'UNREACHABLE',
      detail: 'Leadway cannot be reached. Check that it is running and that you are online.',
    });
  });
  if (!response.ok) throw new ApiError(await problemOf(response));
  return response;
}

async function problemOf(response: Response): Promise<Problem> {
  const plain: Problem = {
    status: response.status,
    title: response.statusText || `HTTP ${response.status}`,
    code: `HTTP_${response.status}`,
    requestId: response.headers.get('x-request-id') ?? undefined,
  };
  if (!response.headers.get('content-type')?.includes('json')) return plain;
  const told: unknown = await response.json().catch(() => null);
  return typeof told === 'object' && told !== null ? { ...plain, ...told } : plain;
}

/** A filter that is not set is not sent. */
function filtersThatAreSet(query: Record<string, unknown>): URLSearchParams {
  const given = Object.entries(query).filter(([, value]) => value != null && value !== '');
  return new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
}
