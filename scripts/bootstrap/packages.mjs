import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, resolved?: string, link?: boolean, optional?: boolean }} Entry
 * @typedef {{ packages?: Record<string, Entry> }} LockFile
 */

/**
 * Why the installed packages are not those of the lock file, or null when they are.
 *
 * npm writes down what it installed in the lock file's own form, so the two are compared instead of a stamp of ours:
 * an `npm install` by hand is then noticed as well.
 * @param {LockFile} wanted package-lock.json
 * @param {LockFile | null} installed node_modules/.package-lock.json
 * @returns {string | null}
 */
export function packagesDifference(wanted, installed) {
  if (installed === null) return 'no packages are installed';
  const have = installed.packages ?? {};
  const want = wanted.packages ?? {};
  for (const [path, entry] of Object.entries(want)) {
    if (path === '') continue;
    const found = have[path];
    // Optional ones are mostly for other platforms.
    if (!found && entry.optional) continue;
    if (!found) return `${nameOf(path)} is missing`;
    if (found.version !== entry.version) {
      return `${nameOf(path)} is ${found.version}, the lock file says ${entry.version}`;
    }
    if (found.integrity !== entry.integrity)
      return `${nameOf(path)} is not the file that the lock file names`;
  }
  const extra = Object.keys(have).find((path) => !(path in want));
  return extra === undefined ? null : `${nameOf(extra)} is not in the lock file`;
}

/** @param {string} path `node_modules/a/node_modules/b` */
const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/**
 * {@link packagesDifference} of a project's folder.
 * @param {string} root
 */
export function readPackagesDifference(root) {
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  let installed = null;
  try {
    installed = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8'));
  } catch {
    // Missing or cut off by an interrupted install: both mean that nothing can be said for what is there.
  }
  return packagesDifference(wanted, installed);
}

/**
 * Installs what the lock file names.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export async function installPackages(root, env) {
  const args = [
    'ci',
    // Nothing we use needs an install script (the database's links are made at its start), and npm before 11 has no list
    // of the allowed ones.
    '--ignore-scripts',
    // NODE_ENV=production would leave out the tools that build the web application.
    '--include=dev',
    '--no-audit',
    '--no-fund',
  ];
  const npm = env.npm_execpath;
  const result = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { cwd: root, env })
    : await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd: root, env });
  if (!result.ok) {
    throw new Error(
      `npm ci failed.\n${result.tail}\nIs the package registry reachable? Try \`npm ci\` by hand.`,
    );
  }
}
