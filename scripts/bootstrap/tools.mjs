import { accessSync, constants, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @typedef {{ path: string, source: string, version: string, size: number, modifiedAt: number }} FoundTool
 * @typedef {{ root: string, folder: string, env: NodeJS.ProcessEnv, say: (line: string) => void }} Context
 * @typedef {{ version: string } | { problem: string }} Verdict
 * @typedef {{
 *   source: string,
 *   locate: (context: Context) => Promise<string | null> | string | null,
 *   required?: boolean,
 * }} Place `locate` gives null when there is nothing to try, and throws with a short reason when getting it failed.
 *   `required`: somebody named this place, so no other will do.
 * @typedef {{
 *   key: string, name: string, places: Place[], check: (path: string) => Promise<Verdict>, instructions: string,
 * }} Tool
 */

/** @param {string} root */
export const toolsFile = (root) => join(root, '.leadway', 'tools.json');

/** @param {string} root @returns {Record<string, FoundTool>} */
export function readTools(root) {
  try {
    return JSON.parse(readFileSync(toolsFile(root), 'utf8'));
  } catch {
    return {};
  }
}

/**
 * The tool found by an earlier run, when it is still the same file and nobody has since configured another.
 * @param {Record<string, FoundTool>} known
 * @param {string} key
 * @param {string | undefined} configured
 * @returns {FoundTool | null}
 */
export function stillThere(known, key, configured) {
  const tool = known[key];
  if (!tool || (configured && configured !== tool.path)) return null;
  // Was configured then and is not now: look again.
  if (!configured && tool.source === 'configured') return null;
  try {
    const { size, mtimeMs } = statSync(tool.path);
    return size === tool.size && Math.trunc(mtimeMs) === tool.modifiedAt ? tool : null;
  } catch {
    return null;
  }
}

/**
 * Tries one place after the other until a program is found that works, and says what came of each.
 * @param {Tool} tool
 * @param {Context} context
 * @returns {Promise<FoundTool>}
 * @throws {Error} telling what to install
 */
export async function findTool(tool, context) {
  const failures = [];
  for (const { source, locate, required } of tool.places) {
    let problem;
    try {
      const path = await locate(context);
      if (path === null) continue;
      const verdict = await tool.check(path);
      if ('version' in verdict) {
        const { size, mtimeMs } = statSync(path);
        return { path, source, version: verdict.version, size, modifiedAt: Math.trunc(mtimeMs) };
      }
      problem = `${path} ${verdict.problem}`;
    } catch (error) {
      problem = /** @type {Error} */ (error).message;
    }
    failures.push(`${source}: ${problem}`);
    if (required) break;
    context.say(`  ${source}: ${problem.split('\n')[0]}; trying the next place`);
  }
  const tried = failures.length === 0 ? '' : `\nTried:\n${failures.map((line) => `  - ${line}`).join('\n')}`;
  throw new Error(`${tool.name} was not found.${tried}\n${tool.instructions}`);
}

/**
 * @param {string} root
 * @param {string} key
 * @param {FoundTool} tool
 */
export function rememberTool(root, key, tool) {
  const file = toolsFile(root);
  mkdirSync(join(root, '.leadway'), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ ...readTools(root), [key]: tool }, null, 2)}\n`);
  renameSync(draft, file);
}

/**
 * The first program of that name on PATH.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 */
export function onPath(name, env) {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    for (const extension of extensions) {
      const path = join(folder, name + extension);
      if (isExecutable(path)) return path;
    }
  }
  return null;
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
