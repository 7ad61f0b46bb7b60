export type StopSignal = {
  /** Aborts a start that is under way. */
  signal: AbortSignal;
  /** Resolves at the first Ctrl-C or SIGTERM. */
  told: Promise<undefined>;
};

/** Listens for the wish to stop. Asking again does not hurry: an orderly stop has its limit already. */
export function untilToldToStop(): StopSignal {
  const controller = new AbortController();
  const told = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        controller.abort(new Error('told to stop'));
        resolve(undefined);
      });
    }
  });
  return { signal: controller.signal, told };
}
