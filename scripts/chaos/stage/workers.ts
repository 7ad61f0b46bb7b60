import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';
import type { TwilioConfig } from '#providers/twilio/client.ts';
import { projectRoot } from '#scripts/launcher/paths.ts';
import type { Place } from '../place.ts';
import type { Mark } from './marks.ts';

/** All that a worker of an attack has to know. */
export type WorkerOrder = {
  databaseUrl: string;
  temporalAddress: string;
  namespace: string;
  taskQueue: string;
  workflowBundle: string;
  carrier: TwilioConfig;
  publicUrl: string;
  settleMs: number;
  /** Touches at once. */
  concurrency: number;
  mark: Mark | null;
};

export type AttackedWorker = {
  name: string;
  /** Resolves when the process is gone, with whether it was killed. */
  gone: Promise<{ killed: boolean }>;
  kill(): Promise<void>;
};

const program = fileURLToPath(new URL('./worker.ts', import.meta.url));
const readyTimeoutMs = 90_000;
const stopTimeoutMs = 5_000;

/** Starts workers as processes of their own, each under its own name at the carrier. */
export async function createWorkerYard(
  place: Place,
  common: Omit<WorkerOrder, 'mark' | 'workflowBundle'>,
): Promise<{ start(mark?: Mark): Promise<AttackedWorker> }> {
  const workflowBundle = join(place.folder, 'workflow-bundle.js');
  await writeFile(workflowBundle, await bundle());
  let count = 0;
  return {
    async start(mark) {
      count += 1;
      const name = `worker-${count}`;
      const { carrier } = common;
      const order: WorkerOrder = {
        ...common,
        workflowBundle,
        carrier: { ...carrier, baseUrl: `${carrier.baseUrl}/workers/${name}` },
        mark: mark ?? null,
      };
      const child = fork(program, [JSON.stringify(order)], {
        cwd: projectRoot,
        execArgv: ['--import', 'tsx'],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const gone = new Promise<{ killed: boolean }>((resolve) => {
        child.once('exit', (_, signal) => resolve({ killed: signal === 'SIGKILL' }));
      });
      await place.begin(
        () => ready(child, gone),
        () => stop(child, gone),
      );
      return {
        name,
        gone,
        async kill() {
          child.kill('SIGKILL');
          await gone;
        },
      };
    },
  };
}

function ready(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('A worker was not ready in time')), readyTimeoutMs);
    child.once('message', () => resolve());
    void gone.then(() => reject(new Error('A worker ended before it was ready; its output is above')));
    void gone.finally(() => clearTimeout(late));
    child.once('message', () => clearTimeout(late));
  });
}

async function stop(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await gone;
  clearTimeout(late);
}

let bundled: Promise<string> | undefined;

/** Made once a process: it takes seconds. */
function bundle(): Promise<string> {
  bundled ??= bundleWorkflowCode({
    workflowsPath: join(projectRoot, 'workflows', 'index.ts'),
    logger: new DefaultLogger('ERROR'),
  }).then(({ code }) => code);
  return bundled;
}
