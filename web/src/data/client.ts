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

type Query = Record<string, string | number | boolean | null | undefined>;
type RequestOptions = {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** GET a JSON resource under `/v1`. Throws `ApiError`. */
export async function get<T>(path: string, options: Omit<RequestOptions, 'body'> = {}): Promise<T> {
  return send<T>('GET', path, options);
}

/** POST; a `FormData` body goes as it is, anything else as JSON. Throws `ApiError`. */
export async function post<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return send<T>('POST', path, options);
}

/** DELETE. Throws `ApiError`. */
export async function remove(path: string): Promise<void> {
  await send<undefined>('DELETE', path, {});
}

async function send<T>(method: string, path: string, options: RequestOptions): Promise<T> {
  const { body, headers, query, signal } = options;
  const isForm = body instanceof FormData;
  const response = await fetch(`/v1${path}${queryText(query)}`, {
    method,
    headers: { ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }), ...headers },
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({
      status: 0,
      title: 'No connection',
      code: 'UNREACHABLE',
      detail: 'Leadway cannot be reached. Check that it is running and that you are online.',
    });
  });
  if (!response.ok) throw new ApiError(await problemOf(response));
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
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

function queryText(query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value != null && value !== '');
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()}`;
}
