export type WorkQueue = {
  /** Runs `work` when there is room; work under a key that is waiting or running already is not added again. */
  add(key: string, work: () => Promise<void>): void;
  /** How many are waiting or running. */
  size(): number;
  /** Resolves when nothing is waiting or running. */
  idle(): Promise<void>;
};

/** A queue in this process with a bound on how much runs at once. `work` must not throw. */
export function createWorkQueue(concurrency: number): WorkQueue {
  const known = new Set<string>();
  const waiting: { key: string; work: () => Promise<void> }[] = [];
  let running = 0;
  let idleListeners: (() => void)[] = [];

  function next(): void {
    while (running < concurrency) {
      const item = waiting.shift();
      if (!item) break;
      running += 1;
      void item.work().finally(() => {
        running -= 1;
        known.delete(item.key);
        next();
      });
    }
    if (known.size > 0) return;
    for (const listener of idleListeners) listener();
    idleListeners = [];
  }

  return {
    add(key, work) {
      if (known.has(key)) return;
      known.add(key);
      waiting.push({ key, work });
      next();
    },
    size: () => known.size,
    idle: () =>
      known.size === 0 ? Promise.resolve() : new Promise((resolve) => idleListeners.push(resolve)),
  };
}
