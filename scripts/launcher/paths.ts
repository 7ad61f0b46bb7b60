import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, without a slash at the end. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** What is built from the sources, and the file of settings. */
export const paths = {
  web: join(projectRoot, 'dist', 'web'),
  workflowBundle: join(projectRoot, 'dist', 'workflow-bundle.js'),
  buildRecord: join(projectRoot, 'dist', 'build.json'),
  reports: join(projectRoot, '.leadway', 'reports'),
  dotEnv: join(projectRoot, '.env'),
};

export type DataPaths = ReturnType<typeof dataPaths>;

/** Everything that running the product leaves in its data folder; removing that folder starts anew. */
export function dataPaths(folder: string) {
  const root = resolve(projectRoot, folder);
  return {
    root,
    postgres: join(root, 'postgres'),
    temporal: join(root, 'temporal.db'),
    logs: join(root, 'logs'),
    secrets: join(root, 'secrets.json'),
    demo: join(root, 'demo.json'),
    run: join(root, 'run.json'),
  };
}
