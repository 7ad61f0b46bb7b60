import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, without a slash at the end. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** Everything that running leaves on this machine; removing it starts anew. */
export const dataFolder = join(projectRoot, '.leadway');

export const paths = {
  postgres: join(dataFolder, 'postgres'),
  temporal: join(dataFolder, 'temporal.db'),
  logs: join(dataFolder, 'logs'),
  secrets: join(dataFolder, 'secrets.json'),
  demo: join(dataFolder, 'demo.json'),
  run: join(dataFolder, 'run.json'),
  web: join(projectRoot, 'dist', 'web'),
  workflowBundle: join(projectRoot, 'dist', 'workflow-bundle.js'),
  buildRecord: join(projectRoot, 'dist', 'build.json'),
  dotEnv: join(projectRoot, '.env'),
};
