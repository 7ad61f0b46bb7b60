import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { withLock } from '../bootstrap/lock.mjs';
import { paths, projectRoot } from './paths.ts';

type Part = {
  name: string;
  /** Files and folders, from the project's root, of which the result is made. */
  inputs: string[];
  output: string;
  make: () => Promise<void>;
};

export const parts: Part[] = [
  {
    name: 'web application',
    inputs: ['web', 'domain', 'package-lock.json'],
    output: join(paths.web, 'index.html'),
    make: buildWeb,
  },
  {
    name: 'workflow bundle',
    inputs: ['workflows', 'domain', 'package-lock.json'],
    output: paths.workflowBundle,
    make: bundleWorkflows,
  },
];

/**
 * Builds what is missing or was made from other sources; `force` builds all. One process at a time.
 * @returns the names of what was built
 */
export async function build({ force = false } = {}): Promise<string[]> {
  if (!force && staleParts().length === 0) return [];
  return withLock(join(projectRoot, '.leadway', 'build.lock'), async () => {
    const stale = force ? parts : staleParts();
    for (const part of stale) {
      // Before it is made, so that a change during the making counts as one.
      const fingerprint = fingerprintOf(part.inputs, projectRoot);
      await part.make();
      const record = { ...readRecord(), [part.name]: fingerprint };
      mkdirSync(dirname(paths.buildRecord), { recursive: true });
      writeFileSync(paths.buildRecord, `${JSON.stringify(record, null, 2)}\n`);
    }
    return stale.map(({ name }) => name);
  });
}

function staleParts(): Part[] {
  const record = readRecord();
  return parts.filter(
    ({ name, inputs, output }) => !existsSync(output) || record[name] !== fingerprintOf(inputs, projectRoot),
  );
}

/** A hash of the files' names and contents, tests aside. */
export function fingerprintOf(inputs: string[], root: string): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const path = join(root, input);
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
      : [path];
    for (const file of files.sort()) {
      if (/\.test\.\w+$/.test(file)) continue;
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

function readRecord(): Record<string, string> {
  try {
    return JSON.parse(readFileSync(paths.buildRecord, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

// The builders are loaded only when something is to be built: they take longer to load than everything else here.

async function buildWeb(): Promise<void> {
  const vite = await import('vite');
  // Beside its place, so that an API that runs is never without its pages for longer than a blink.
  const draft = `${paths.web}.new`;
  await inProduction(() =>
    vite.build({
      configFile: join(projectRoot, 'web', 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: draft, emptyOutDir: true },
    }),
  );
  rmSync(paths.web, { recursive: true, force: true });
  renameSync(draft, paths.web);
}

/** Vite takes React's build for development, which is half as large again, when a test's environment asks for it. */
async function inProduction(work: () => Promise<unknown>): Promise<void> {
  const { env } = process;
  const before = env.NODE_ENV;
  env.NODE_ENV = 'production';
  try {
    await work();
  } finally {
    if (before === undefined) delete env.NODE_ENV;
    else env.NODE_ENV = before;
  }
}

async function bundleWorkflows(): Promise<void> {
  const { DefaultLogger, bundleWorkflowCode } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(projectRoot, 'workflows', 'index.ts'),
    logger: new DefaultLogger('WARN'),
  });
  mkdirSync(dirname(paths.workflowBundle), { recursive: true });
  writeFileSync(paths.workflowBundle, code);
}
