import type { Logger } from 'pino';

/** Does something again and again in the background, one round at a time; a round that fails is told and tried again. */
export function createSweeping(
  sweep: () => Promise<void>,
  { everyMs, logger, failure }: { everyMs: number; logger: Logger; failure: string },
) {
  let timer: ReturnType<typeof setInterval> | undefined;
  let running: Promise<void> | null = null;

  function sweepInBackground(): void {
    running ??= sweep()
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.name : 'unknown';
        logger.warn({ reason }, failure);
      })
      .finally(() => (running = null));
  }

  return {
    sweep,
    start() {
      timer ??= setInterval(sweepInBackground, everyMs);
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await running;
    },
  };
}
