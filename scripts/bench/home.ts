import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a run lives, and the list of what it has to put away. */
export type BenchHome = {
  folder: string;
  /** Remembers how to end something; what began last is ended first. */
  onEnd: (end: () => Promise<unknown>) => void;
  /** Ends what has begun since `work` began, however `work` ends. */
  during: <T>(work: () => Promise<T>) => Promise<T>;
  /** Ends everything and removes the folder; a second call waits for the first. */
  close: () => Promise<void>;
};

/** A folder of its own under the system's temporary one, so that a run neither sees nor touches the product's data. */
export async function openHome(): Promise<BenchHome> {
  const folder = await mkdtemp(join(tmpdir(), 'leadway-bench-'));
  const ends: (() => Promise<unknown>)[] = [];
  let closing: Promise<void> | undefined;

  const endDownTo = async (height: number) => {
    const faults: unknown[] = [];
    while (ends.length > height) {
      // One thing that cannot be ended must not keep the others alive.
      await ends.pop()!().catch((error: unknown) => faults.push(error));
    }
    if (faults.length > 0) throw faults[0];
  };

  const closeAll = async () => {
    try {
      await endDownTo(0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  return {
    folder,
    onEnd: (end) => void ends.push(end),
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
