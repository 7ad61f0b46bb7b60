import type { CanaryStage } from './stage.ts';

/** An answer that was an error, and whether it went to the organisation whose data it is about. */
export type Complaint = { what: string; toOwner: boolean; text: string };

export type Asked = { method?: string; json?: unknown; body?: string; headers?: Record<string, string> };

/** Asks the API as different people, and keeps every error that it answers with. */
export function createAsking({ url, demo }: CanaryStage) {
  const complaints: Complaint[] = [];
  // An answer is read before its shape is known, as tests do.
  // oxlint-disable-next-line typescript/no-explicit-any
  async function ask(path: string, { json, body, headers, method }: Asked, toOwner: boolean): Promise<any> {
    const response = await fetch(`${url}${path}`, {
      method: method ?? (json === undefined && body === undefined ? 'GET' : 'POST'),
      headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(json === undefined ? { body } : { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    if (response.status >= 400) {
      const said = `${response.status} ${JSON.stringify([...response.headers])}\n${text}`;
      complaints.push({ what: `${method ?? 'POST'} ${path.split('?')[0]}`, toOwner, text: said });
    }
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : null };
  }
  return {
    complaints,
    /** With the organisation's own key. */
    owner: (path: string, asked: Asked = {}) =>
      ask(path, { ...asked, headers: { authorization: `Bearer ${demo.apiKey}`, ...asked.headers } }, true),
    /** As somebody else: without a key, with a wrong one, or with another organisation's. */
    stranger: (path: string, asked: Asked = {}) => ask(path, asked, false),
  };
}

export type Asking = ReturnType<typeof createAsking>;
