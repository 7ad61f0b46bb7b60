import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '#domain/clock.ts';
import { afterEach, expect, it, vi } from 'vitest';
import { silentLogger } from './logger.ts';
import { createRealTimeScheduler } from './real-time-scheduler.ts';
import { createCourse } from './scheduler.ts';

afterEach(() => vi.useRealTimers());

it('keeps appointments in order, the past at once', async () => {
  const scheduler = createRealTimeScheduler(silentLogger);
  const kept: string[] = [];
  const keep = (name: string) => async () => void kept.push(name);
  const now = Date.now();
  // Far enough apart that a busy machine does not turn one into the other while they are made.
  await scheduler.at(new Date(now + 600), keep('later'));
  await scheduler.at(new Date(now + 300), keep('soon'));
  await scheduler.at(new Date(now - 1_000), keep('past'));
  await expect.poll(() => kept, { timeout: 10_000 }).toEqual(['past', 'soon', 'later']);
  await scheduler.close();
});

it('waits longer than a timer can', async () => {
  vi.useFakeTimers();
  const scheduler = createRealTimeScheduler(silentLogger);
  const run = vi.fn(async () => {});
  const days = 60 * 24 * 3_600_000;
  await scheduler.at(new Date(Date.now() + days), run);
  await vi.advanceTimersByTimeAsync(days - 1_000);
  expect(run).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(run).toHaveBeenCalledOnce();
});

it('closes cleanly: waits for what runs, drops what is to come, survives what fails', async () => {
  const errors: string[] = [];
  const logger = { ...silentLogger, error: (_: object, message: string) => void errors.push(message) };
  const scheduler = createRealTimeScheduler(logger);
  const done: string[] = [];
  await scheduler.at(new Date(), async () => {
    await sleep(60);
    done.push('running');
  });
  await scheduler.at(new Date(), async () => {
    throw new Error('boom');
  });
  await scheduler.at(new Date(Date.now() + 60_000), async () => void done.push('to come'));
  await sleep(20);
  await scheduler.close();
  expect(done).toEqual(['running']);
  expect(errors).toEqual(['a scheduled step failed']);
});

it('a course takes its steps one after the other, speeded up, and small waits together', async () => {
  const appointments: number[] = [];
  const start = Date.now();
  const clock = { now: async () => new Date(start) };
  const taken: string[] = [];
  const step = (name: string, afterMs: number) => ({ afterMs, run: async () => void taken.push(name) });
  const course = createCourse({
    clock,
    speed: 10,
    coalesceMs: 5_000,
    logger: silentLogger,
    scheduler: {
      at: async (due, run) => {
        appointments.push(due.getTime() - start);
        await run();
      },
    },
  });
  await course.play([
    step('a', 1_000),
    step('b', 4_000),
    step('c', 60_000),
    step('d', 5_000),
    step('e', 6_000),
  ]);
  expect(taken).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(appointments).toEqual([100, 6_000, 600]);
  expect(await systemClock.now()).toBeInstanceOf(Date);
});

it('a course goes on after a step that failed', async () => {
  const taken: string[] = [];
  const course = createCourse({
    clock: systemClock,
    speed: 1,
    coalesceMs: 0,
    logger: silentLogger,
    scheduler: { at: async (_due, run) => run() },
  });
  const fail = async () => {
    throw new Error('boom');
  };
  await course.play([
    { afterMs: 1, run: fail },
    { afterMs: 1, run: async () => void taken.push('next') },
  ]);
  expect(taken).toEqual(['next']);
});
