import { expect, test } from 'vitest';
import { countTests, failuresOf } from './count-tests.mjs';

const file = (name, ...outcomes) => ({
  name,
  status: outcomes.some(([, status]) => status === 'failed') ? 'failed' : 'passed',
  assertionResults: outcomes.map(([fullName, status]) => ({ fullName, status })),
});

test('a test in two reports counts once, as failed when it failed in either', () => {
  const verify = { testResults: [file('a.test.ts', ['one', 'passed'], ['two', 'failed'])] };
  const all = {
    testResults: [
      file('a.test.ts', ['one', 'passed'], ['two', 'passed']),
      file('b.db.test.ts', ['one', 'passed']),
    ],
  };
  expect(countTests([verify, all])).toEqual({ passed: 2, failed: 1, skipped: 0 });
  expect(countTests([all, verify])).toEqual({ passed: 2, failed: 1, skipped: 0 });
});

test('two tests of one name in one file are two', () => {
  const report = { testResults: [file('a.test.ts', ['same', 'passed'], ['same', 'passed'])] };
  expect(countTests([report, report])).toEqual({ passed: 2, failed: 0, skipped: 0 });
});

test('skipped and planned ones are neither passed nor failed', () => {
  const report = {
    testResults: [file('a.test.ts', ['one', 'pending'], ['two', 'todo'], ['three', 'skipped'])],
  };
  expect(countTests([report])).toEqual({ passed: 0, failed: 0, skipped: 3 });
});

test('a file that cannot be loaded is a failure', () => {
  const report = { testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }] };
  expect(countTests([report])).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('what failed is told with its file, its name and its reason', () => {
  const reports = [
    {
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            { fullName: 'one', status: 'passed' },
            { fullName: 'two', status: 'failed', failureMessages: ['expected 1 to be 2'] },
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      ],
    },
  ];
  expect(failuresOf(reports)).toEqual([
    '✗ a.test.ts › two\nexpected 1 to be 2',
    '✗ b.test.ts\nno such module',
  ]);
});
