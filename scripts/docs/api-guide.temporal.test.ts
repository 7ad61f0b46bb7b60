import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStack } from '#scripts/testing/start-stack.ts';
import type { Stack } from '#scripts/testing/start-stack.ts';
import { projectRoot } from '../launcher/paths.ts';
import { readExamples, unlike, valueAt } from './testing/guide.ts';
import type { Example } from './testing/guide.ts';

/* docs/api.md, run against the whole product as it is written. */

const run = promisify(execFile);
const examples = readExamples(readFileSync(join(projectRoot, 'docs/api.md'), 'utf8'));
/** Journeys begin and texts are sent meanwhile. */
const patienceMs = 30_000;

let stack: Stack;
const env: Record<string, string> = {};

beforeAll(async () => {
  stack = await startStack({ persona: 'ignores' });
  Object.assign(env, { PATH: process.env.PATH, URL: stack.url, KEY: stack.demo.apiKey });
});
afterAll(() => stack?.stop());

test('every command of docs/api.md is answered as it says', async () => {
  expect(examples.length).toBeGreaterThan(20);
  for (const example of examples) {
    const answer = await untilAsShown(example);
    for (const { path, as } of example.keep) {
      const value = valueAt(answer, path);
      if (typeof value !== 'string') throw new Error(`Line ${example.line}: the answer has no ${path}`);
      env[as] = value;
    }
  }
});

/** Reading is tried again while the product is still at it; what changes something is sent once. */
async function untilAsShown(example: Example): Promise<unknown> {
  const changes = / -(X|d|F) /.test(example.command);
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const output = await outputOf(example.command);
    const { answer, faults } = compare(example, output);
    if (faults.length === 0) return answer;
    if (changes || Date.now() > deadline) {
      throw new Error(
        `docs/api.md, line ${example.line}, is not what comes:\n  ${faults.join('\n  ')}\n${output}`,
      );
    }
    await sleep(500);
  }
}

function compare({ answer: shown }: Example, output: string): { answer: unknown; faults: string[] } {
  if (shown.kind === 'json') {
    const answer: unknown = JSON.parse(output);
    return { answer, faults: unlike(shown.value, answer) };
  }
  // Numbers within an event differ from one run to the next.
  const plain = (line: string) => line.replaceAll(/\d+-\d+/g, '0-0');
  const lines = output.split('\n').map(plain);
  const faults = shown.lines.filter((line) => !lines.some((come) => come.includes(plain(line))));
  return { answer: output, faults: faults.map((line) => `not there: ${line}`) };
}

async function outputOf(command: string): Promise<string> {
  try {
    return (await run('sh', ['-c', command], { cwd: projectRoot, env })).stdout;
  } catch (error) {
    const { code, stdout } = error as { code?: number; stdout?: string };
    // A stream is listened to until its time is over.
    if (code === 28 && stdout) return stdout;
    throw error;
  }
}
