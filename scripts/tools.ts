import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What `scripts/bootstrap.mjs` found on this machine. */
const toolsFile = fileURLToPath(new URL('../.leadway/tools.json', import.meta.url));

type Tools = Partial<Record<'temporalCli' | 'temporalTestServer', { path: string }>>;

/**
 * The Temporal command line, whose `server start-dev` is the local Temporal.
 * @throws Error that tells how to get it.
 */
export function temporalCliPath(): string {
  return pathOf('temporalCli', '');
}

/**
 * Temporal's time-skipping test server; started as `FILE PORT --enable-time-skipping`.
 * @throws Error that tells how to get it.
 */
export function temporalTestServerPath(): string {
  return pathOf('temporalTestServer', ' --tests');
}

function pathOf(tool: keyof Tools, flag: string): string {
  const path = existsSync(toolsFile) && (JSON.parse(readFileSync(toolsFile, 'utf8')) as Tools)[tool]?.path;
  if (path && existsSync(path)) return path;
  throw new Error(`Temporal's programs have not been fetched yet: run node scripts/bootstrap.mjs${flag}`);
}
