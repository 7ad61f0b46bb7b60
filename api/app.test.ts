import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/database.ts';
import { createRecordingTemporal } from './testing/recording-temporal.ts';
import { createTestApi } from './testing/test-api.ts';

// Nothing here reaches the database.
const database = openDatabase({ url: 'postgres://nobody:x@127.0.0.1:1/nowhere' });
const temporal = createRecordingTemporal().client;
let webRoot: string;
let api: ReturnType<typeof createTestApi>;

beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'leadway-web-'));
  await mkdir(join(webRoot, 'assets'));
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Leadway</title>');
  await writeFile(join(webRoot, 'assets', 'index-abc123.js'), 'console.log(1)');
  api = createTestApi({ database, temporal }, { webRoot });
});
afterAll(async () => {
  await api.stop();
  await database.close();
  await rm(webRoot, { recursive: true });
});

describe('the OpenAPI document', () => {
  test('is version 3.1, and every reference in it leads somewhere', async () => {
    const { status, body, text } = await api.call('/openapi.json');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!);
    expect(references.length).toBeGreaterThan(50);
    for (const reference of new Set(references)) {
      const target = reference.split('/').reduce((node: any, part) => node?.[part], body);
      expect(target, reference).toBeDefined();
    }
  });

  test('describes every route that is served', async () => {
    const { body } = await api.call('/openapi.json');
    const described = new Set(
      Object.entries<Record<string, unknown>>(body.paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      ),
    );
    const served = api.app.routes
      .filter(
        ({ method, path }) =>
          method !== 'ALL' && !path.includes('*') && !/^\/(docs|openapi\.json)/.test(path),
      )
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect([...new Set(served)].toSorted()).toEqual([...described].toSorted());
    expect(described.size).toBeGreaterThan(35);
  });

  test('says of every operation what it is for, and of every one behind the sign-in how to sign in', async () => {
    const { body } = await api.call('/openapi.json');
    for (const [path, methods] of Object.entries<Record<string, any>>(body.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const name = `${method} ${path}`;
        expect(operation.summary, name).toMatch(/\w{3}/);
        expect(operation.tags, name).toHaveLength(1);
        const open = !path.startsWith('/v1/') || (path === '/v1/session' && method !== 'get');
        expect(operation.security.length > 0, name).toBe(!open);
        if (!open) expect(Object.keys(operation.responses), name).toContain('401');
        // Only the policy of a resume and the name of a relaunch may be left out.
        const optional = /\/(resume|relaunch)$/.test(path);
        if (operation.requestBody) expect(operation.requestBody.required, name).toBe(!optional);
      }
    }
  });
});

test('every route under /v1 but signing in and out is behind the sign-in', async () => {
  const { body } = await api.call('/openapi.json');
  for (const [path, methods] of Object.entries<object>(body.paths)) {
    if (!path.startsWith('/v1/')) continue;
    for (const method of Object.keys(methods)) {
      if (path === '/v1/session' && method !== 'get') continue;
      const url = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
      const answer = await api.call(url, { method: method.toUpperCase() });
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 401, 'UNAUTHENTICATED']);
    }
  }
});

describe('the documentation page', () => {
  test('needs nothing from anywhere else', async () => {
    const page = await api.call('/docs');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).not.toMatch(/https?:\/\//);
    expect(page.text).not.toMatch(/<script>|onload=/);
    for (const [, url] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await api.call(url!)).status, url).toBe(200);
    }
    expect((await api.call('/docs/begin.js')).text).toContain("url: '/openapi.json'");
    expect((await api.call('/docs/nothing.js')).status).toBe(404);
    expect((await api.call('/docs/..%2fpino/package.json')).status).toBe(404);
  });
});

describe('the browser application', () => {
  test('is served, with its own pages by their paths', async () => {
    for (const path of ['/', '/journeys/42', '/sign-in?next=%2F']) {
      const answer = await api.call(path);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(answer.text).toContain('<title>Leadway</title>');
    }
  });

  test('a hashed file never changes, and one that is gone is not the index', async () => {
    const asset = await api.call('/assets/index-abc123.js');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-type')).toContain('text/javascript');
    const gone = await api.call('/assets/index-old.js');
    expect([gone.status, gone.body.code]).toEqual([404, 'NOT_FOUND']);
    expect((await api.call('/..%2f..%2fpackage.json')).text).not.toContain('"name"');
  });

  test('that is not built says so', async () => {
    const bare = createTestApi({ database, temporal }, { webRoot: join(webRoot, 'nowhere') });
    expect((await bare.call('/')).body).toMatchObject({ status: 404, code: 'WEB_NOT_BUILT' });
    await bare.stop();
  });
});
