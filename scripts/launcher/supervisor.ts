import { lastLines, startProcess, waitUntilReady } from './managed-process.ts';
import type { ManagedProcess, ProcessSpec } from './managed-process.ts';

export type Supervised = {
  readonly name: string;
  /** Rejects when its first start fails; nothing is left of it then. */
  readonly ready: Promise<void>;
  /** Resolves with the reason when it has ended more often than it is restarted; never after `stop`. */
  readonly failed: Promise<string>;
  /** Ends it and begins it anew, for a change of its sources. One that cannot start waits for the next call. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
};

export type SupervisorOptions = {
  /** How often in a row it is begun anew after it ended by itself; a minute of work ends a row. */
  restarts: number;
  say: (line: string) => void;
  onStart?: (running: ManagedProcess) => void;
  signal?: AbortSignal;
};

const steadyMs = 60_000;

/** Starts a process, waits until it is ready, and begins it anew when it ends by itself. */
export function supervise(spec: ProcessSpec, options: SupervisorOptions): Supervised {
  let current: ManagedProcess | undefined;
  /** Its end is ours: a stop, a restart, or a start that waits for readiness by itself. */
  let isExpected = true;
  let isStopped = false;
  let left = options.restarts;
  let begunAt = 0;
  let reportFailure!: (reason: string) => void;
  const failed = new Promise<string>((resolve) => (reportFailure = resolve));

  async function begin(): Promise<void> {
    begunAt = Date.now();
    const running = await startProcess(spec);
    current = running;
    options.onStart?.(running);
    try {
      await waitUntilReady(running, options.signal);
    } catch (error) {
      await running.stop();
      throw error;
    }
    void running.ended.then((how) => onEnd(running, how));
  }

  async function onEnd(running: ManagedProcess, how: string): Promise<void> {
    if (isExpected || running !== current) return;
    if (Date.now() - begunAt > steadyMs) left = options.restarts;
    if (left === 0) return reportFailure(`${spec.name} ended (${how}).${lastLines(spec)}`);
    left -= 1;
    options.say(`${spec.name} ended (${how}); starting it again (restarts left: ${left})`);
    try {
      await begin();
    } catch (error) {
      if (!isExpected) reportFailure((error as Error).message);
    }
  }

  return {
    name: spec.name,
    ready: begin().then(() => {
      isExpected = isStopped;
    }),
    failed,
    restart: async () => {
      isExpected = true;
      await current?.stop();
      try {
        if (!isStopped) await begin();
        isExpected = isStopped;
      } catch (error) {
        if (!isStopped && !options.signal?.aborted) options.say((error as Error).message);
      }
    },
    stop: async () => {
      isExpected = isStopped = true;
      await current?.stop();
    },
  };
}
