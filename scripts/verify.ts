import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { paths, projectRoot } from './launcher/paths.ts';

/*
 * `npm run verify`: every check that needs nothing running, side by side, in seconds. Prints what the failed ones said.
 */

/** `tool` is a file of a package, run by Node. */
type Check = { name: string; tool: string; args: string[] };

const checks: Check[] = [
  {
    name: 'unit tests',
    tool: 'vitest/vitest.mjs',
    args: [
      'run',
      '--project=unit',
      '--reporter=dot',
      '--reporter=json',
      '--outputFile.json=.leadway/reports/verify.json',
    ],
  },
  { name: 'types', tool: 'typescript/bin/tsc', args: ['--noEmit', '-p', '.'] },
  {
    name: 'lint',
    tool: 'oxlint/bin/oxlint',
    args: [
      '-c',
      'oxlint.config.mjs',
      '--type-aware',
      '--deny-warnings',
      '--report-unused-disable-directives',
      '.',
    ],
  },
  { name: 'format', tool: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'unused code', tool: 'knip/bin/knip.js', args: ['--no-progress'] },
  { name: 'documented paths', tool: 'tsx/dist/cli.mjs', args: ['scripts/check-doc-refs.ts'] },
];

async function main(): Promise<void> {
  const startedAt = performance.now();
  mkdirSync(paths.reports, { recursive: true });
  const waiting = [...checks];
  const failed: string[] = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { ok, output, seconds } = await run(check);
      console.log(`${ok ? '✓' : '✗'} ${check.name} (${seconds} s)`);
      if (ok) continue;
      failed.push(check.name);
      console.log(output);
    }
  };
  // Two at a time: each of them uses more than one core by itself.
  await Promise.all([work(), work()]);
  console.log(
    `${failed.length === 0 ? 'Verified' : `Failed: ${failed.join(', ')}`} (${secondsSince(startedAt)} s)`,
  );
  if (failed.length > 0) process.exitCode = 1;
}

function run({ tool, args }: Check): Promise<{ ok: boolean; output: string; seconds: string }> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(projectRoot, 'node_modules', tool), ...args], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ ok: code === 0, output, seconds: secondsSince(startedAt) }));
  });
}

const secondsSince = (start: number) => ((performance.now() - start) / 1000).toFixed(1);

await main();
