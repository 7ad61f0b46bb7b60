import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withPatience } from './patience.ts';
import { createTestDatabase } from './testing/test-database.ts';
import type { TestDatabase } from './testing/test-database.ts';

let test_: TestDatabase;
let held: () => void;

beforeAll(async () => {
  test_ = await createTestDatabase({ poolSize: 1 });
});
afterAll(() => test_.close());

/** Somebody has the only connection. */
beforeEach(async () => {
  const client = await test_.database.pool.connect();
  held = () => client.release();
});

describe('waiting for a connection', () => {
  const ask = () => test_.database.pool.connect().then((client) => client.release());

  test('ends when the patience does, and the connection that comes later is not lost', async () => {
    const beganAt = performance.now();
    await expect(withPatience(200, ask)).rejects.toThrow('timeout exceeded when trying to connect');
    expect(performance.now() - beganAt).toBeLessThan(1_500);
    held();
    await ask();
    expect(test_.database.pool.idleCount).toBe(1);
  });

  test('counts all waits of one piece of work together', async () => {
    const waits: number[] = [];
    await withPatience(200, async () => {
      for (let nr = 0; nr < 3; nr += 1) {
        const beganAt = performance.now();
        await ask().catch(() => {});
        waits.push(performance.now() - beganAt);
      }
    });
    held();
    expect(waits.reduce((sum, each) => sum + each)).toBeLessThan(600);
    expect(Math.max(...waits)).toBe(waits[0]);
  });

  test('is as long as ever for what the work has left behind, and for whoever was given no patience', async () => {
    let left: Promise<void> | undefined;
    await withPatience(50, async () => {
      left = sleep(100).then(ask);
    });
    const other = ask();
    setTimeout(held, 300);
    await expect(Promise.all([left, other])).resolves.toBeDefined();
  });

  test('holds for the tables of the installation too', async () => {
    const read = () => test_.database.platform.execute(sql`select 1 as one`);
    const beganAt = performance.now();
    await expect(withPatience(100, read)).rejects.toMatchObject({
      cause: { message: 'timeout exceeded when trying to connect' },
    });
    expect(performance.now() - beganAt).toBeLessThan(1_500);
    held();
    expect((await withPatience(5_000, read)).rows).toEqual([{ one: 1 }]);
  });
});
