import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrokenReferences } from './references.ts';

let root: string;
const write = async (path: string, text: string) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'leadway-docs-'));
  await write('package.json', '{"scripts": {"start": "x", "db:generate": "x"}}');
  await write('domain/phone.ts', '');
  await write('compose.yml', '');
  await write('docs/decisions/one.md', 'See [the code](../../domain/phone.ts).');
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

test.each([
  '`domain/phone.ts` and `domain/`, [one](docs/decisions/one.md#because)',
  '`npm run db:generate`, `compose.yml`, `.leadway/logs`, `dist/web`',
  'any `workflows/<name>/messages.ts`, `domain/*.ts` and `application/json`',
  '[elsewhere](https://example.com/a), [here](#below), <https://example.com>',
  'the call `lead.phone.toString()` and `a/b`',
  '```\n`domain/gone.ts`\n```',
])('nothing is wrong with: %s', async (text) => {
  await write('README.md', text);
  expect(findBrokenReferences(root)).toEqual([]);
});

test.each([
  ['`domain/gone.ts`', 'README.md:1: there is no domain/gone.ts'],
  ['\n\nSee `domain/gone.ts:12`.', 'README.md:3: there is no domain/gone.ts:12'],
  ['`docker.yml`', 'README.md:1: there is no docker.yml'],
  ['`npm run fly`', 'README.md:1: there is no npm script fly'],
  ['[two](docs/decisions/two.md)', 'README.md:1: the link docs/decisions/two.md leads nowhere'],
])('%s is reported', async (text, problem) => {
  await write('README.md', text);
  expect(findBrokenReferences(root)).toEqual([problem]);
});

test('links are followed from the file that holds them', async () => {
  await write('docs/two.md', '[code](domain/phone.ts)');
  expect(findBrokenReferences(root)).toEqual(['docs/two.md:1: the link domain/phone.ts leads nowhere']);
});
