import { watch } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths.ts';
import type { ServiceName } from './services.ts';

/** Which processes are made of which folders. */
const madeOf: Record<ServiceName, string[]> = {
  api: ['api', 'config', 'db', 'domain', 'providers', 'workflows'],
  worker: ['worker', 'activities', 'config', 'db', 'domain', 'providers', 'workflows'],
  simulator: ['simulator', 'config', 'domain'],
};

/** An editor writes a file in several steps, and a branch switch changes many. */
const settleMs = 200;

/** The processes whose sources have changed; tests and the like change nothing. */
export function affectedBy(path: string): ServiceName[] {
  if (/\.test\.\w+$|[/\\](testing|histories)[/\\]/.test(path) || !/\.(ts|sql|json)$/.test(path)) return [];
  const [folder = ''] = path.split(/[/\\]/);
  return (Object.keys(madeOf) as ServiceName[]).filter((service) => madeOf[service].includes(folder));
}

/**
 * Calls `onChange` with all processes that a settled change concerns, one call at a time.
 * @returns ends the watching
 */
export function watchSources(
  onChange: (services: ServiceName[]) => Promise<void>,
  root = projectRoot,
): () => void {
  const pending = new Set<ServiceName>();
  let timer: NodeJS.Timeout | undefined;
  let busy = Promise.resolve();
  const flush = () => {
    const services = [...pending];
    pending.clear();
    busy = busy.then(() => onChange(services)).catch(() => undefined);
  };
  const folders = [...new Set(Object.values(madeOf).flat())];
  const watchers = folders.map((folder) =>
    watch(join(root, folder), { recursive: true }, (_, file) => {
      const services = file === null ? [] : affectedBy(join(folder, file));
      if (services.length === 0) return;
      for (const service of services) pending.add(service);
      clearTimeout(timer);
      timer = setTimeout(flush, settleMs);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
