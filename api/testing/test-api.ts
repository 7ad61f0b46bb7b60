import type { Client } from '@temporalio/client';
import pino from 'pino';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { hashApiKey, newApiKey } from '#db/api-keys.ts';
import type { Database } from '#db/database.ts';
import { apiKeys } from '#db/schema/platform.ts';
import { runImport } from '#activities/import-leads.ts';
import { importLeadsWorkflow } from '#workflows/import-leads/messages.ts';
import type { MemberRole } from '#db/schema/organizations.ts';
import { composeApi } from '../compose.ts';
import { loadApiConfig } from '../config.ts';

const authToken = 'token-of-the-tests';
export const publicUrl = 'https://leads.example.com';

export const testEnvironment = {
  DATABASE_URL: 'postgres://unused:unused@127.0.0.1:1/unused',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: authToken,
  PUBLIC_URL: publicUrl,
  SESSION_SECRET: 'a-secret-of-thirty-two-characters',
  TEMPORAL_WEB_URL: 'http://temporal.example.com:8233',
};

export type Answer = { status: number; headers: Headers; body: any; text: string; bytes: Uint8Array };

type Call = { method?: string; headers?: Record<string, string>; json?: unknown; body?: BodyInit };

/** The API in this process, on a real database. Its log lines are kept in `logs`. */
export function createTestApi(
  connections: { database: Database; temporal: Client },
  options: { webRoot?: string; taskQueue?: string } = {},
) {
  const logs: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void logs.push(line) });
  const config = loadApiConfig({ ...testEnvironment, TEMPORAL_TASK_QUEUE: options.taskQueue });
  const api = composeApi(config, { ...connections, logger }, options);
  // Where no worker runs, imports are carried out here.
  const { runs } = connections.temporal as { runs?: Map<string, (input: never) => Promise<unknown>> };
  runs?.set(importLeadsWorkflow, (input: never) => runImport(connections, input));

  async function call(
    path: string,
    { method = 'GET', headers = {}, json, body }: Call = {},
  ): Promise<Answer> {
    const response = await api.app.request(path, {
      method,
      headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: json === undefined ? body : JSON.stringify(json),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      bytes,
      body: isJson ? JSON.parse(text) : null,
    };
  }

  return {
    ...api,
    config,
    logs,
    call,

    /** A caller with an API key of that organisation and role. */
    async as(organizationId: string, role: MemberRole = 'admin') {
      const key = newApiKey();
      await connections.database.platform
        .insert(apiKeys)
        .values({ keyHash: hashApiKey(key), organizationId, name: 'Test key', role });
      return (path: string, given: Call = {}) =>
        call(path, { ...given, headers: { authorization: `Bearer ${key}`, ...given.headers } });
    },

    /** A webhook as the carrier signs it: over the public URL, whatever host the request comes in by. */
    webhook(path: string, form: Record<string, string>, tamper: Record<string, string> = {}) {
      return call(path, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': getExpectedTwilioSignature(authToken, `${publicUrl}${path}`, form),
        },
        body: new URLSearchParams({ ...form, ...tamper }).toString(),
      });
    },
  };
}

export type TestApi = ReturnType<typeof createTestApi>;
export type Caller = Awaited<ReturnType<TestApi['as']>>;

/** A file of leads as a browser uploads it. */
export function upload(
  content: string | Uint8Array,
  fields: Record<string, string> = {},
): { method: string; body: FormData } {
  const form = new FormData();
  form.set('file', new File([content as BlobPart], 'leads.csv', { type: 'text/csv' }));
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return { method: 'POST', body: form };
}
