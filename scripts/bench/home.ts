import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a run lives, and the list of what it has to put away. */
export type BenchHome = {
  folder: string;
  /**
   * Begins something that must be ended, and knows about it from the first moment: what is still beginning when the
   * run is broken off is ended as soon as it has begun.
   * @throws Error when the run is being ended already
   */
  begin: <T>(start: () => Promise<T>, end: (begun: T) => Promise<unknown>) => Promise<T>;
  /** Ends what has begun since `work` began, however `work` ends. */
  during: <T>(work: () => Promise<T>) => Promise<T>;
  /** Ends everything, what began last first, and removes the folder. Resolves when nothing is left. */
  close: () => Promise<void>;
};

/** A folder of its own under the system's temporary one, so that a run neither sees nor touches the product's data. */
export async function openHome(): Promise<BenchHome> {
  const folder = await mkdtemp(join(tmpdir(), 'leadway-bench-'));
  const ends: (() => Promise<unknown>)[] = [];
  const ending = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  const endDownTo = async (height: number) => {
    const faults: unknown[] = [];
    while (ends.length > height) {
      const end = ends.pop()!();
      ending.add(end);
      // One thing that cannot be ended must not keep the others alive.
      await end.catch((error: unknown) => faults.push(error)).finally(() => ending.delete(end));
    }
    if (faults.length > 0) throw faults[0];
  };

  const closeAll = async () => {
    try {
      await endDownTo(0);
    } finally {
      // Of a part that was ending by itself when the whole run was broken off.
      await Promise.allSettled(ending);
      await rm(folder, { recursive: true, force: true });
    }
  };

  return {
    folder,
    async begin(start, end) {
      if (closing) throw new Error('The run is being ended');
      const begun = start();
      ends.push(async () => {
        const outcome = await Promise.allSettled([begun]);
        if (outcome[0].status === 'fulfilled') await end(outcome[0].value);
      });
      return begun;
    },
    async during(work) {
      const height = ends.length;
      try {
        return await work();
      } finally {
        await endDownTo(height);
      }
    },
    close: () => (closing ??= closeAll()),
  };
}
