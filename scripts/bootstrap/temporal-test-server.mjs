import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { downloadProgram } from './download.mjs';
import { run } from './run.mjs';
import { isExecutable, onPath } from './tools.mjs';

const release = '1.33.0';
const mavenTimeoutMs = 15 * 60_000;
const answerTimeoutMs = 60_000;
const program = process.platform === 'win32' ? 'temporal-test-server.exe' : 'temporal-test-server';

/** @type {import('./tools.mjs').Tool} */
export const temporalTestServer = {
  key: 'temporalTestServer',
  name: "Temporal's time-skipping test server (for tests, the demo and the bench)",
  instructions:
    'Do one of these:\n' +
    '  - allow the download from temporal.download,\n' +
    '  - set TEMPORAL_TEST_SERVER_PATH to its file,\n' +
    '  - or install Java (11 or newer) and Maven, with which it is fetched from Maven Central.',
  check: startsAndAnswers,
  places: [
    { source: 'configured', required: true, locate: ({ env }) => env.TEMPORAL_TEST_SERVER_PATH || null },
    {
      source: 'fetched before',
      locate: ({ folder }) => (isExecutable(join(folder, program)) ? join(folder, program) : null),
    },
    { source: 'download', locate: download },
    { source: 'Maven Central', locate: fromMaven },
  ],
};

/** @param {import('./tools.mjs').Context} context */
async function download({ root, folder, say }) {
  say("Downloading Temporal's test server …");
  const destination = join(folder, program);
  const sdk = JSON.parse(readFileSync(join(root, 'node_modules/@temporalio/testing/package.json'), 'utf8'));
  await downloadProgram({
    artifact: 'temporal-test-server',
    // The release that goes with the SDK, as the SDK itself asks for it.
    version: 'default',
    query: { 'sdk-name': 'sdk-typescript', 'sdk-version': sdk.version },
    destination,
  });
  return destination;
}

/**
 * The same server as a Java program, behind a script that is started like the native one.
 * @param {import('./tools.mjs').Context} context
 */
async function fromMaven({ folder, env, say }) {
  if (process.platform === 'win32')
    throw new Error('not on Windows, where its script cannot be started directly');
  const [maven, java] = [onPath('mvn', env), onPath('java', env)];
  if (!maven || !java) throw new Error(`${maven ? 'Java' : 'Maven'} is not installed`);
  say(`Fetching Temporal's test server ${release} with Maven …`);
  const home = join(folder, `temporal-test-server-${release}`);
  const pom = join(home, 'pom.xml');
  mkdirSync(home, { recursive: true });
  writeFileSync(pom, pomOf(release));
  const result = await run(
    maven,
    [
      '--batch-mode',
      '--quiet',
      '-f',
      pom,
      'dependency:copy-dependencies',
      '-DoutputDirectory=lib',
      '-DincludeScope=runtime',
    ],
    { env, timeoutMs: mavenTimeoutMs, onWaiting: (seconds) => say(`  still fetching (${seconds} s)`) },
  );
  if (!result.ok) {
    rmSync(home, { recursive: true, force: true });
    throw new Error(result.tail);
  }
  const script = join(folder, program);
  writeFileSync(script, scriptOf(home, java));
  chmodSync(script, 0o755);
  return script;
}

/** @param {string} version */
const pomOf = (version) => `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>leadway</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;

/**
 * `exec`, so that ending the script ends the server.
 * @param {string} home
 * @param {string} java
 */
const scriptOf = (home, java) => `#!/bin/sh
exec '${java}' \${JAVA_OPTS:-} -cp '${home}/lib/*' io.temporal.testserver.TestServer "$@"
`;

/**
 * The server has no `--version`: it works when it takes a connection.
 * @param {string} path
 * @returns {Promise<import('./tools.mjs').Verdict>}
 */
async function startsAndAnswers(path) {
  if (!isExecutable(path)) return { problem: 'is not an executable file' };
  const port = await freePort();
  const child = spawn(path, [String(port), '--enable-time-skipping'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let [ended, complaint] = [false, ''];
  child.stderr.on('data', (chunk) => (complaint = (complaint + chunk).slice(-2_000)));
  child.once('error', (error) => ([ended, complaint] = [true, error.message]));
  child.once('exit', () => (ended = true));
  try {
    for (const deadline = Date.now() + answerTimeoutMs; Date.now() < deadline && !ended; await sleep(100)) {
      if (await answers(port)) return { version: release };
    }
    return {
      problem: ended
        ? `ends at once: ${complaint.trim().split('\n').slice(-3).join(' ')}`
        : 'does not answer',
    };
  } finally {
    child.kill('SIGKILL');
  }
}

/** @param {number} port @returns {Promise<boolean>} */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
