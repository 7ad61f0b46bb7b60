import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { recordHistories } from './testing/record-histories.ts';
import { bundle } from './testing/rig.ts';

/*
 * Journeys run for weeks, through many versions of the code. These histories were made by earlier ones, and today's code
 * must go the same way through them. They are recorded anew (when no journey of an older version can be running any more)
 * with: RECORD_HISTORIES=1 npx vitest run --project temporal workflows/replay
 */
if (process.env.RECORD_HISTORIES === '1') await recordHistories();

const folders = ['lead-journey', 'launch', 'callback', 'import-leads'];
const read = async (folder: string) => {
  const directory = fileURLToPath(new URL(`./${folder}/histories/`, import.meta.url));
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: `${folder}: ${name}`,
      json: JSON.parse(await readFile(directory + name, 'utf8')) as unknown,
    })),
  );
};
const histories = (await Promise.all(folders.map(read))).flat();

beforeAll(() => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
});

describe('a recorded history', () => {
  test('is there for what journeys go through', () => {
    expect(histories.length).toBeGreaterThanOrEqual(6);
  });

  test.each(histories)('$name is gone through by today’s code', async ({ json }) => {
    await Worker.runReplayHistory({ workflowBundle: await bundle() }, historyFromJSON(json));
  });

  test.each(histories)('$name holds no name, number or text of anybody', ({ json }) => {
    const words = payloadsOf(json);
    expect(words.length).toBeGreaterThan(0);
    // Texts of the definition, which is the campaign's, are templates; what is filled in stays in the database.
    for (const text of words) expect(text).not.toMatch(/\+\d{8,}|Ada|Hi there/);
  });
});

describe('code that was changed', () => {
  test('is found out by every journey’s history', async () => {
    const changed = await bundle(fileURLToPath(new URL('./testing/changed/index.ts', import.meta.url)));
    const journeys = histories.filter(({ name }) => name.startsWith('lead-journey'));
    expect(journeys.length).toBeGreaterThanOrEqual(5);
    for (const { name, json } of journeys) {
      const replay = Worker.runReplayHistory({ workflowBundle: changed }, historyFromJSON(json));
      await expect(replay, name).rejects.toBeInstanceOf(DeterminismViolationError);
    }
  });
});

/** Every payload in a history, decoded. */
function payloadsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(payloadsOf);
  if (value === null || typeof value !== 'object') return [];
  const { data, ...others } = value as Record<string, unknown>;
  const own = typeof data === 'string' ? [Buffer.from(data, 'base64').toString('utf8')] : payloadsOf(data);
  return [...own, ...payloadsOf(Object.values(others))];
}
