import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openHome } from './home.ts';

/** A home and the names of what has been ended, in order. Ending takes a moment, as it does in fact. */
async function open() {
  const home = await openHome();
  const ended: string[] = [];
  const begin = (name: string, startMs = 0) =>
    home.begin(
      () => sleep(startMs, name),
      async (begun) => {
        await sleep(5);
        ended.push(begun);
      },
    );
  return { home, ended, begin };
}

test('what begins last ends first, and the folder goes with it', async () => {
  const { home, ended, begin } = await open();
  expect(await begin('database')).toBe('database');
  await begin('server');
  await begin('worker');
  await writeFile(join(home.folder, 'file'), '');
  await Promise.all([home.close(), home.close()]);
  expect(ended).toEqual(['worker', 'server', 'database']);
  expect(existsSync(home.folder)).toBe(false);
});

test('what a part of the run began ends with that part, also when it fails', async () => {
  const { home, ended, begin } = await open();
  await begin('before');
  const part = home.during(async () => {
    await begin('within');
    throw new Error('broken');
  });
  await expect(part).rejects.toThrow('broken');
  expect(ended).toEqual(['within']);
  await home.close();
  expect(ended).toEqual(['within', 'before']);
});

test('what is still beginning when the run is broken off is ended too, and nothing begins after that', async () => {
  const { home, ended, begin } = await open();
  const slow = begin('slow', 30);
  await home.close();
  expect(ended).toEqual(['slow']);
  expect(await slow).toBe('slow');
  await expect(begin('late')).rejects.toThrow('being ended');
});

test('a run that is broken off waits for a part that is ending by itself', async () => {
  const { home, ended, begin } = await open();
  const part = home.during(async () => {
    await begin('within');
    throw new Error('broken');
  });
  part.catch(() => {});
  await sleep(2);
  await home.close();
  expect(ended).toEqual(['within']);
});

test('one thing that cannot be begun or ended does not keep the others alive', async () => {
  const { home, ended, begin } = await open();
  await begin('first');
  const failing = home.begin(
    () => Promise.reject(new Error('never began')),
    async () => ended.push('never'),
  );
  await expect(failing).rejects.toThrow('never began');
  await home.begin(
    async () => {},
    () => Promise.reject(new Error('stuck')),
  );
  await expect(home.close()).rejects.toThrow('stuck');
  expect(ended).toEqual(['first']);
  expect(existsSync(home.folder)).toBe(false);
});
