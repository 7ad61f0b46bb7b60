import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiVariables } from '#api/config.ts';
import { simulatorVariables } from '#simulator/config.ts';
import { workerVariables } from '#worker/config.ts';
import { launcherVariables, loadLauncherConfig, migrationVariables } from './config.ts';

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n');
const documented = example.flatMap((line) => /^([A-Z][A-Z_]+)=/.exec(line)?.[1] ?? []);

test('.env.example names every variable that a process reads, and no other', () => {
  const read = new Set([
    ...Object.keys(apiVariables),
    ...Object.keys(workerVariables),
    ...Object.keys(launcherVariables),
    ...Object.keys(migrationVariables),
    ...Object.keys(simulatorVariables),
    // Read by scripts/bootstrap.mjs, which runs before there is a schema.
    'TEMPORAL_CLI_PATH',
    'TEMPORAL_TEST_SERVER_PATH',
    // Read by compose.yml.
    'POSTGRES_PASSWORD',
    'DATABASE_PASSWORD',
  ]);
  expect(documented.toSorted()).toEqual([...read].toSorted());
  expect(readFileSync(new URL('../bootstrap.mjs', import.meta.url), 'utf8')).toMatch(
    /env\.TEMPORAL_TEST_SERVER_PATH/,
  );
});

test('every variable there is explained, and none has a value that would be in force unseen', () => {
  expect(example.filter((line) => /^[A-Z][A-Z_]+=./.test(line))).toEqual([]);
  const explained = example.filter(
    (line, index) => /^[A-Z]/.test(line) && /^(# |[A-Z])/.test(example[index - 1] ?? ''),
  );
  expect(explained).toHaveLength(documented.length);
});

test('a plain copy of it changes nothing', () => {
  const copied = Object.fromEntries(documented.map((name) => [name, '']));
  expect(loadLauncherConfig(copied)).toEqual(loadLauncherConfig({}));
});
