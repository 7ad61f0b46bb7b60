import { expect, test } from 'vitest';
import { createWaker } from './waker.ts';

test('the first look is at once; later ones wait to be woken', async () => {
  const waker = createWaker();
  expect(await waker.woken()).toBe(true);
  let looked = false;
  const second = waker.woken().then((go) => {
    looked = true;
    return go;
  });
  await Promise.resolve();
  expect(looked).toBe(false);
  waker.wake();
  expect(await second).toBe(true);
});

test('being woken while at work is not lost, and several times are one', async () => {
  const waker = createWaker();
  await waker.woken();
  waker.wake();
  waker.wake();
  expect(await waker.woken()).toBe(true);
  waker.end();
  expect(await waker.woken()).toBe(false);
});

test('an end ends the sleep', async () => {
  const waker = createWaker();
  await waker.woken();
  const sleeping = waker.woken();
  waker.end();
  expect(await sleeping).toBe(false);
});
