import type { Logger } from './logger.ts';
import type { Scheduler } from './scheduler.ts';

/** The longest wait that Node's timers can hold; longer ones are waited for in legs. */
const longestTimerMs = 2 ** 31 - 1;

/** Appointments by the machine's own timers. `close` drops what is not yet due and waits for what is running. */
export function createRealTimeScheduler(logger: Logger): Scheduler & { close(): Promise<void> } {
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let closed = false;

  function arm(due: Date, run: () => Promise<void>): void {
    if (closed) return;
    const waitMs = Math.max(0, due.getTime() - Date.now());
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        if (waitMs > longestTimerMs) arm(due, run);
        else start(run);
      },
      Math.min(waitMs, longestTimerMs),
    );
    timers.add(timer);
  }

  function start(run: () => Promise<void>): void {
    const job = run()
      .catch((error: unknown) => logger.error({ err: error }, 'a scheduled step failed'))
      .finally(() => running.delete(job));
    running.add(job);
  }

  return {
    at: async (due, run) => arm(due, run),
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await Promise.all(running);
    },
  };
}
