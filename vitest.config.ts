import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * A test's file name says what it needs running: `x.test.ts` nothing, `x.db.test.ts` Postgres,
 * `x.temporal.test.ts` Temporal, `x.browser.test.ts` Chromium and the whole product.
 */
const needs = {
  db: '**/*.db.test.ts',
  temporal: '**/*.temporal.test.ts',
  browser: '**/*.browser.test.ts',
};
const elsewhere = ['**/node_modules/**', '**/dist/**', '**/.leadway/**'];
const services = 'db/testing/global-setup.ts';
const minuteMs = 60_000;

// The default export is Vitest's requirement.
export default defineConfig({
  test: {
    // Two at least: most of them wait for a database, a server or a clock.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Several runs may share a small machine: slow is not wrong.
          testTimeout: minuteMs / 2,
          include: ['**/*.test.{ts,tsx,mjs}'],
          exclude: [...elsewhere, ...Object.values(needs)],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: [needs.db],
          exclude: elsewhere,
          globalSetup: services,
          testTimeout: minuteMs,
          hookTimeout: minuteMs,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'temporal',
          include: [needs.temporal],
          exclude: elsewhere,
          globalSetup: services,
          testTimeout: 2 * minuteMs,
          hookTimeout: 2 * minuteMs,
          // The SDK's native code must not share a process between files: forks, not threads.
          pool: 'forks',
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [needs.browser],
          exclude: elsewhere,
          globalSetup: services,
          testTimeout: 3 * minuteMs,
          hookTimeout: 3 * minuteMs,
          // One browser at a time: two starve each other on a small machine and time out.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'json-summary', 'html'],
      reportsDirectory: '.leadway/reports/coverage',
      include: ['{domain,activities,providers,db,api,simulator,config,scripts,worker}/**/*.{ts,mjs}'],
      exclude: [
        '**/*.test.{ts,mjs}',
        '**/testing/**',
        // Run as processes of their own, where this process's coverage does not reach; the launcher, demo and
        // browser tests run them whole.
        '**/main.ts',
        'scripts/*.{ts,mjs}',
        'scripts/{bench,demo}/**',
        'scripts/launcher/{launch,stop-signal}.ts',
        // `workflows/` is left out of the list above for the same reason: it runs in Temporal's sandbox. Its tests
        // replay every history instead, and what it decides is `domain/journey`, which is counted.
        'db/migrations/**',
      ],
      thresholds: { lines: 80, 'domain/**': { lines: 95 } },
    },
  },
});
