import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import { describe, expect, test } from 'vitest';
import { createTripMeter, watchRoundTrips } from './round-trips.ts';

describe('a round trip', () => {
  test('is shared by statements that wait for no reply', () => {
    const meter = createTripMeter();
    meter.sent();
    meter.sent();
    meter.sent();
    meter.answered();
    meter.answered();
    meter.answered();
    expect(meter.seen).toEqual({ trips: 1, statements: 3 });
  });

  test('begins anew for a statement that is sent after a reply', () => {
    const meter = createTripMeter();
    for (let statement = 0; statement < 3; statement += 1) {
      meter.sent();
      meter.answered();
    }
    expect(meter.seen).toEqual({ trips: 3, statements: 3 });
  });

  test('begins anew also when other replies are still on their way', () => {
    const meter = createTripMeter();
    meter.sent();
    meter.sent();
    meter.answered();
    meter.sent();
    meter.sent();
    expect(meter.seen).toEqual({ trips: 2, statements: 4 });
  });
});

describe('a watched pool', () => {
  /** A connection that answers in the next turn, by promise or by callback. */
  function connect(pool: EventEmitter) {
    const client = {
      query(text: string, callback?: (error: Error | null, result: string) => void): unknown {
        if (callback) return void setImmediate(callback, null, text);
        return new Promise((resolve, reject) =>
          setImmediate(() => (text === 'bad' ? reject(new Error('bad')) : resolve(text))),
        );
      },
    };
    pool.emit('connect', client);
    return client;
  }

  test('adds its connections up and changes nothing of what they answer', async () => {
    const pool = new EventEmitter();
    const seen = watchRoundTrips(pool as unknown as Pool);
    const [one, two] = [connect(pool), connect(pool)];
    expect(await Promise.all([one.query('begin'), one.query('select')])).toEqual(['begin', 'select']);
    expect(await one.query('commit')).toBe('commit');
    await expect(two.query('bad')).rejects.toThrow('bad');
    expect(seen()).toEqual({ trips: 3, statements: 4 });
  });

  test('understands callbacks', async () => {
    const pool = new EventEmitter();
    const seen = watchRoundTrips(pool as unknown as Pool);
    const client = connect(pool);
    const ask = (text: string) =>
      new Promise((resolve) => client.query(text, (_error, result) => resolve(result)));
    expect(await ask('one')).toBe('one');
    expect(await ask('two')).toBe('two');
    expect(seen()).toEqual({ trips: 2, statements: 2 });
  });
});
