import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { projectRoot } from './launcher/paths.ts';

/*
 * An import ban with a mistake in its pattern is silently no ban. So each is shown code that breaks it, and code that
 * looks alike and does not.
 */

const bad: [file: string, source: string, message: RegExp][] = [
  ['domain/clock-in.ts', "import { z } from 'zod';", /domain is pure/],
  ['domain/types-in.ts', "import type { Client } from '@temporalio/client';", /domain is pure/],
  ['domain/rows-in.ts', "import { openDatabase } from '#db/database.ts';", /domain is pure/],
  ['domain/node-in.ts', "import { readFileSync } from 'node:fs';", /domain is pure/],
  ['domain/climbing.ts', "import { a } from '../db/database.ts';", /package import/],
  ['domain/journey/climbing-further.ts', "import { a } from '../../db/database.ts';", /package import/],
  [
    'domain/environment.ts',
    'export const a = () => process.env.A;',
    /no input, output, clock or environment/,
  ],
  ['domain/network.ts', "export const a = () => fetch('x');", /no input, output, clock or environment/],
  ['domain/now.ts', 'export const a = () => Date.now();', /Take `now` as an argument/],
  ['domain/dice.ts', 'export const a = () => Math.random();', /seeded generator/],
  ['files/rows.ts', "import { a } from '#db/database.ts';", /files knows formats/],
  ['files/routes.ts', "import { a } from '#api/app.ts';", /files knows formats/],
  ['files/climbing.ts', "import { a } from '../domain/phone.ts';", /package import/],
  ['db/queries/formats.ts', "import { a } from '#files/csv.ts';", /rows and queries only/],
  ['workflows/launch/values.ts', "import { createActivities } from '#activities/index.ts';", /import type/],
  ['workflows/launch/zod.ts', "import { z } from 'zod';", /deterministic/],
  ['workflows/launch/node.ts', "import { randomUUID } from 'node:crypto';", /deterministic/],
  ['workflows/launch/client.ts', "import { Client } from '@temporalio/client';", /deterministic/],
  ['workflows/launch/rows.ts', "import { a } from '#db/queries/leads.ts';", /deterministic/],
  ['workflows/launch/fetch.ts', "export const a = () => fetch('x');", /break replay/],
  ['workflows/launch/process.ts', 'export const a = () => process.env.A;', /break replay/],
  ['providers/twilio/rows.ts', "import { a } from '#db/database.ts';", /adapts one outside party/],
  [
    'providers/twilio/roots.ts',
    "import { a } from '#worker/config.ts';",
    /take what you need as an argument/,
  ],
  ['db/queries/carrier.ts', "import { a } from '#providers/messaging.ts';", /rows and queries only/],
  ['db/queries/routes.ts', "import { a } from '#api/app.ts';", /take what you need as an argument/],
  ['activities/workflow.ts', "import { launch } from '#workflows/launch/launch.ts';", /messages\.ts/],
  ['activities/roots.ts', "import { a } from '#api/app.ts';", /take what you need as an argument/],
  ['config/rows.ts', "import { a } from '#db/database.ts';", /reads the environment and no more/],
  ['worker/routes.ts', "import { a } from '#api/app.ts';", /share through domain/],
  ['worker/workflow.ts', "import { launch } from '#workflows/index.ts';", /messages\.ts/],
  [
    'api/workflow.ts',
    "import { leadJourney } from '#workflows/lead-journey/lead-journey.ts';",
    /messages\.ts/,
  ],
  [
    'api/activity.ts',
    "import { createActivities } from '#activities/index.ts';",
    /starts and signals workflows/,
  ],
  ['api/simulator.ts', "import { createSimulator } from '#simulator/simulator.ts';", /share through domain/],
  ['simulator/rows.ts', "import { openDatabase } from '#db/database.ts';", /its ledger checks ours/],
  ['web/src/server.ts', "import { createApp } from '#api/app.ts';", /import type/],
  ['web/src/rows.ts', "import type { Lead } from '#db/schema/leads.ts';", /through the API/],
  ['web/src/climbing.ts', "import { a } from '../../domain/phone.ts';", /package import/],
  ['web/src/node.ts', "import { join } from 'node:path';", /through the API/],
  ['api/environment.ts', 'export const a = process.env.A;', /process\.env/],
  ['api/default.ts', 'export default function a() {}', /named exports/i],
  ['api/WrongName.ts', 'export const a = 1;', /kebab/i],
  ['api/interfaces.ts', 'export interface A { b: string }', /type/],
  ['api/untyped.ts', 'export const a = (b: any) => String(b);', /any/],
  ['api/floating.ts', 'export function a() { Promise.resolve(1); }', /[Pp]romise/],
  ['api/long.ts', `${'export {};\n'.repeat(301)}`, /300/],
];

const good: [file: string, source: string][] = [
  [
    'domain/pure.ts',
    "import p from 'libphonenumber-js/max';\nimport { a } from '#domain/phone.ts';\nexport const b = [p, a];",
  ],
  ['domain/journey/near.ts', "import { a } from '../phone.ts';\nexport const b = a;"],
  ['domain/phone.test.ts', "import { test } from 'vitest';\ntest('a', () => {});"],
  [
    'workflows/launch/typed.ts',
    "import type { A } from '#activities/index.ts';\nimport { sleep } from '@temporalio/workflow';\nexport const a = (b: A) => [sleep, b];",
  ],
  [
    'activities/starts.ts',
    "import { launchWorkflow } from '#workflows/launch/messages.ts';\nexport const a = launchWorkflow;",
  ],
  [
    'api/messages.ts',
    "import { pause } from '#workflows/lead-journey/messages.ts';\nimport { q } from '#db/queries/leads.ts';\nexport const a = [pause, q];",
  ],
  [
    'files/formats.ts',
    "import { readFileSync } from 'node:fs';\nimport { a } from '#domain/phone.ts';\nexport const b = [readFileSync, a];",
  ],
  ['api/files.ts', "import { a } from '#files/csv.ts';\nexport const b = a;"],
  ['api/config.ts', 'export const a = process.env.A;'],
  ['worker/main.ts', 'export const a = process.env.A;'],
  [
    'web/src/types.ts',
    "import type { Lead } from '#api/app.ts';\nimport { a } from '#domain/phone.ts';\nexport const b = (c: Lead) => [a, c];",
  ],
];

type Diagnostic = { filename: string; message: string; help?: string; code?: string };
let root: string;
let diagnostics: Diagnostic[];

const lintTimeoutMs = 60_000;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leadway-lint-'));
  for (const [file, source] of [...bad, ...good]) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), `${source}\n`);
  }
  await copyFile(join(projectRoot, 'oxlint.config.mjs'), join(root, 'oxlint.config.mjs'));
  await copyFile(join(projectRoot, 'tsconfig.json'), join(root, 'tsconfig.json'));
  await symlink(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  const folders = [...new Set([...bad, ...good].map(([file]) => file.split('/')[0] ?? ''))];
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const args = [oxlint, '-c', 'oxlint.config.mjs', '--type-aware', '--format', 'json', ...folders];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 10_000_000 }, (_, stdout) => resolve(stdout));
  });
  diagnostics = (JSON.parse(output) as { diagnostics: Diagnostic[] }).diagnostics;
}, lintTimeoutMs);
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

/** Unused imports and missing modules are the samples' own. */
const aboutImports = ({ code = '' }: Diagnostic) => !/no-unused-vars|no-unsafe|no-redundant/.test(code);

function findingsIn(file: string): string[] {
  return diagnostics
    .filter((diagnostic) => diagnostic.filename.endsWith(file) && aboutImports(diagnostic))
    .map(({ code, message, help }) => `${code}: ${message} ${help ?? ''}`);
}

describe('what lint refuses', () => {
  test.each(bad)('%s', (file, _, message) => {
    expect(findingsIn(file).join('\n')).toMatch(message);
  });
});

describe('what lint lets pass', () => {
  test.each(good)('%s', (file) => {
    expect(findingsIn(file)).toEqual([]);
  });
});
