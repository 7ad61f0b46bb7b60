import { condition, defineSignal, setHandler } from '@temporalio/workflow';

/** A journey for whom a pause is news that it has to be told: it rests, and takes in that it is paused. */
export async function resident(): Promise<void> {
  let paused = 0;
  for (const name of ['paused-by-client', 'paused-by-batch']) {
    setHandler(defineSignal(name), () => {
      paused += 1;
    });
  }
  await condition(() => paused < 0);
}
