import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHome } from './home.ts';

test('what begins last ends first, and the folder goes with it', async () => {
  const home = await openHome();
  const ended: string[] = [];
  const begin = (name: string) => home.onEnd(async () => ended.push(name));
  begin('database');
  begin('server');
  begin('worker');
  await writeFile(join(home.folder, 'file'), '');
  await Promise.all([home.close(), home.close()]);
  expect(ended).toEqual(['worker', 'server', 'database']);
  expect(existsSync(home.folder)).toBe(false);
});

test('what a part of the run began ends with that part, also when it fails', async () => {
  const home = await openHome();
  const ended: string[] = [];
  home.onEnd(async () => ended.push('before'));
  const part = home.during(async () => {
    home.onEnd(async () => ended.push('within'));
    throw new Error('broken');
  });
  await expect(part).rejects.toThrow('broken');
  expect(ended).toEqual(['within']);
  await home.close();
  expect(ended).toEqual(['within', 'before']);
});

test('one thing that cannot be ended does not keep the others alive', async () => {
  const home = await openHome();
  const ended: string[] = [];
  home.onEnd(async () => ended.push('first'));
  home.onEnd(() => Promise.reject(new Error('stuck')));
  await expect(home.close()).rejects.toThrow('stuck');
  expect(ended).toEqual(['first']);
  expect(existsSync(home.folder)).toBe(false);
});
