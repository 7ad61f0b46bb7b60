import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const workerMain = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));

/** The real worker as a process of its own, which can be killed without a word and comes back. */
export function createWorkerProcess(env: Record<string, string>) {
  let child: ChildProcess | null = null;
  let kills = 0;

  const start = async (): Promise<void> => {
    const process_ = spawn(process.execPath, ['--import', 'tsx', workerMain], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child = process_;
    await waitUntilReady(`http://127.0.0.1:${env.WORKER_HEALTH_PORT}/readyz`, process_);
  };

  return {
    start,
    kills: () => kills,
    /** kill -9. */
    async kill() {
      kills += 1;
      await gone('SIGKILL');
    },
    stop: () => gone('SIGTERM'),
  };

  async function gone(signal: NodeJS.Signals): Promise<void> {
    const current = child;
    if (!current || current.exitCode !== null || current.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => current.once('exit', () => resolve()));
    current.kill(signal);
    await exited;
  }
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error('The worker ended before it was ready; its output is above');
    const ready = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The worker was not ready within a minute');
}
