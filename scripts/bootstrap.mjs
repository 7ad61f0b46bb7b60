#!/usr/bin/env node
/*
 * Makes a fresh clone ready: packages from the lock file, and Temporal's programs. npm runs it before every command
 * that needs them, so it must do nothing, quickly, when all is in place. Plain Node, because nothing is installed yet.
 *
 *   node scripts/bootstrap.mjs              packages and the Temporal command line: npm start, npm run dev
 *   node scripts/bootstrap.mjs --tests      the time-skipping test server too: npm test, npm run demo, npm run bench
 *   node scripts/bootstrap.mjs --packages   packages only: npm run verify, npm run build
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';
import { withLock } from './bootstrap/lock.mjs';
import { installPackages, readPackagesDifference } from './bootstrap/packages.mjs';
import { temporalCli } from './bootstrap/temporal-cli.mjs';
import { temporalTestServer } from './bootstrap/temporal-test-server.mjs';
import { findTool, readTools, rememberTool, stillThere } from './bootstrap/tools.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const startedAt = performance.now();
const flags = process.argv.slice(2);
const say = (/** @type {string} */ line) => console.error(`bootstrap: ${line}`);
const secondsSince = (/** @type {number} */ start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

try {
  await main();
} catch (error) {
  say(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}

async function main() {
  const unknown = flags.find((flag) => !['--packages', '--tests'].includes(flag));
  if (unknown) throw new Error(`unknown option ${unknown}; there are --packages and --tests`);
  requireNode(process.versions.node);
  const env = { ...readDotEnv(), ...process.env };
  const wanted = wantedTools(env);
  const missing = () => {
    const known = readTools(root);
    return wanted.filter(({ tool, configured }) => !stillThere(known, tool.key, configured));
  };
  if (readPackagesDifference(root) === null && missing().length === 0) {
    say(`all is in place (${Math.round(performance.now() - startedAt)} ms)`);
    return;
  }
  await withLock(
    join(root, '.leadway', 'bootstrap.lock'),
    async () => {
      await bringPackages(env);
      for (const { tool } of missing()) await bringTool(tool, env);
    },
    (pid) => say(`process ${pid} is doing the same; waiting for it`),
  );
  say(`ready (${secondsSince(startedAt)})`);
}

/** @param {string} version */
function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node ${version} is too old: 20.19 or newer is needed (https://nodejs.org).`);
}

/** A `.env` file may hold the tools' places. The environment itself wins. */
function readDotEnv() {
  try {
    return util.parseEnv(readFileSync(join(root, '.env'), 'utf8'));
  } catch {
    return {};
  }
}

/** @param {NodeJS.ProcessEnv} env */
function wantedTools(env) {
  const cli = { tool: temporalCli, configured: env.TEMPORAL_CLI_PATH || undefined };
  const testServer = { tool: temporalTestServer, configured: env.TEMPORAL_TEST_SERVER_PATH || undefined };
  if (flags.includes('--tests')) return [cli, testServer];
  // With a Temporal elsewhere, none is started here.
  return flags.includes('--packages') || env.TEMPORAL_ADDRESS ? [] : [cli];
}

/** @param {NodeJS.ProcessEnv} env */
async function bringPackages(env) {
  const reason = readPackagesDifference(root);
  if (reason === null) return;
  const start = performance.now();
  say(`Installing packages (${reason}) …`);
  await installPackages(root, env);
  say(`Installed packages (${secondsSince(start)})`);
}

/**
 * @param {import('./bootstrap/tools.mjs').Tool} tool
 * @param {NodeJS.ProcessEnv} env
 */
async function bringTool(tool, env) {
  const start = performance.now();
  const folder = join(root, '.leadway', 'tools');
  mkdirSync(folder, { recursive: true });
  say(`Looking for ${tool.name} …`);
  const found = await findTool(tool, { root, folder, env, say });
  rememberTool(root, tool.key, found);
  say(`Found ${found.version} by ${found.source}: ${found.path} (${secondsSince(start)})`);
}
