import { expect, test } from 'vitest';
import { setImmediate } from 'node:timers/promises';
import { createWorkQueue } from './work-queue.ts';

function gate() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

test('no more run at once than allowed, and all run', async () => {
  const queue = createWorkQueue(2);
  let running = 0;
  let most = 0;
  let done = 0;
  for (let index = 0; index < 9; index += 1) {
    queue.add(String(index), async () => {
      most = Math.max(most, (running += 1));
      await setImmediate();
      running -= 1;
      done += 1;
    });
  }
  await queue.idle();
  expect({ most, done, size: queue.size() }).toEqual({ most: 2, done: 9, size: 0 });
});

test('what is waiting or running is not added a second time; what is done may come again', async () => {
  const queue = createWorkQueue(1);
  const { open, opened } = gate();
  let runs = 0;
  const work = async () => {
    runs += 1;
    await opened;
  };
  queue.add('a', work);
  queue.add('a', work);
  open();
  await queue.idle();
  queue.add('a', work);
  await queue.idle();
  expect(runs).toBe(2);
});

test('an empty queue is idle at once', async () => {
  await expect(createWorkQueue(1).idle()).resolves.toBeUndefined();
});
