import { join } from 'node:path';
import { downloadProgram } from './download.mjs';
import { run } from './run.mjs';
import { isExecutable, onPath } from './tools.mjs';

/** The newest release that `go install` can build; its server is the one that the flags of temporal-dev.yml are for. */
const release = 'v1.5.1';
/** Fairness keys came with this server. */
const oldestServer = [1, 29];
const goInstallTimeoutMs = 30 * 60_000;
const program = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/**
 * What `temporal --version` says, as a verdict. A development build has no version of its own, but names its server.
 * @param {string} output `temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)`
 * @returns {import('./tools.mjs').Verdict}
 */
export function judgeVersion(output) {
  const match = /Server (\d+)\.(\d+)\.\d+/.exec(output);
  if (!match) return { problem: 'does not name its server version' };
  const [major, minor] = [Number(match[1]), Number(match[2])];
  const [leastMajor, leastMinor] = /** @type {[number, number]} */ (oldestServer);
  const enough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  return enough
    ? { version: match[0] }
    : { problem: `is too old: it has ${match[0]}, and ${oldestServer.join('.')} is needed` };
}

/** @type {import('./tools.mjs').Tool} */
export const temporalCli = {
  key: 'temporalCli',
  name: 'The Temporal command line (which brings the development server)',
  instructions:
    'Do one of these:\n' +
    '  - install it (https://docs.temporal.io/cli) so that `temporal` is on PATH,\n' +
    '  - set TEMPORAL_CLI_PATH to its file,\n' +
    '  - install Go (https://go.dev/dl), with which it is built here,\n' +
    '  - or set TEMPORAL_ADDRESS to a Temporal that runs elsewhere.',
  check: async (path) => {
    const result = await run(path, ['--version'], { timeoutMs: 30_000 });
    return result.ok ? judgeVersion(result.output) : { problem: `does not run: ${result.tail}` };
  },
  places: [
    { source: 'configured', required: true, locate: ({ env }) => env.TEMPORAL_CLI_PATH || null },
    { source: 'PATH', locate: ({ env }) => onPath('temporal', env) },
    { source: 'fetched before', locate: ({ folder }) => existing(join(folder, program)) },
    { source: 'download', locate: downloadCli },
    { source: 'go install', locate: buildCli },
  ],
};

/** @param {string} path */
const existing = (path) => (isExecutable(path) ? path : null);

/** @param {import('./tools.mjs').Context} context */
async function downloadCli({ folder, say }) {
  say('Downloading the Temporal command line (about 100 MB) …');
  const destination = join(folder, program);
  await downloadProgram({ artifact: 'cli', version: release, destination });
  return destination;
}

/** @param {import('./tools.mjs').Context} context */
async function buildCli({ folder, env, say }) {
  const go = onPath('go', env);
  if (!go) throw new Error('Go is not installed');
  say(`Building the Temporal command line ${release} with Go (about 3 minutes on two cores, once) …`);
  const result = await run(
    go,
    ['install', '-ldflags=-s -w', `github.com/temporalio/cli/cmd/temporal@${release}`],
    {
      env: { ...env, GOBIN: folder },
      timeoutMs: goInstallTimeoutMs,
      onWaiting: (seconds) => say(`  still building (${seconds} s)`),
    },
  );
  if (!result.ok) throw new Error(result.tail);
  return join(folder, program);
}
