#!/usr/bin/env node
/*
 * Sums the reports of the test runs: prints what failed and why, then `N passed, N failed`, the last line of CI. A test
 * that is in several reports counts once, and as failed when it failed in any. Ends with 1 when one failed or none ran.
 *
 *   node scripts/count-tests.mjs REPORT.json …
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {{ fullName: string, status: string, failureMessages?: string[] }} Assertion
 * @typedef {{ name: string, status: string, message?: string, assertionResults: Assertion[] }} TestFile
 * @typedef {{ testResults: TestFile[] }} Report the JSON reporter's form
 */

/** @param {Report[]} reports */
export function countTests(reports) {
  /** @type {Map<string, 'passed' | 'failed' | 'skipped'>} */
  const outcomes = new Map();
  const note = (/** @type {string} */ key, /** @type {'passed' | 'failed' | 'skipped'} */ outcome) => {
    const known = outcomes.get(key);
    if (known === 'failed' || (known === 'passed' && outcome === 'skipped')) return;
    outcomes.set(key, outcome);
  };
  for (const { testResults } of reports) {
    for (const file of testResults) {
      // A file that cannot be loaded has no tests to show, and is a failure all the same.
      if (file.assertionResults.length === 0 && file.status === 'failed') note(file.name, 'failed');
      /** @type {Map<string, number>} */
      const sameNames = new Map();
      for (const { fullName, status } of file.assertionResults) {
        const occurrence = (sameNames.get(fullName) ?? 0) + 1;
        sameNames.set(fullName, occurrence);
        const outcome = status === 'passed' || status === 'failed' ? status : 'skipped';
        note(`${file.name}\0${fullName}\0${occurrence}`, outcome);
      }
    }
  }
  const all = [...outcomes.values()];
  const count = (/** @type {string} */ outcome) => all.filter((each) => each === outcome).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

const longestReason = 2_000;

/**
 * One entry for each failure of each report: the file, the test, and the beginning of what it said.
 *
 * @param {Report[]} reports
 * @returns {string[]}
 */
export function failuresOf(reports) {
  const entry = (/** @type {string[]} */ title, /** @type {string} */ reason) =>
    `✗ ${title.join(' › ')}\n${reason.slice(0, longestReason)}`;
  return reports.flatMap(({ testResults }) =>
    testResults.flatMap(({ name, status, message, assertionResults }) => {
      if (assertionResults.length === 0 && status === 'failed') return [entry([name], message ?? '')];
      return assertionResults
        .filter((assertion) => assertion.status === 'failed')
        .map(({ fullName, failureMessages }) => entry([name, fullName], failureMessages?.join('\n') ?? ''));
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const reports = process.argv.slice(2).flatMap((file) => {
    try {
      return [JSON.parse(readFileSync(file, 'utf8'))];
    } catch {
      console.error(`There is no report ${file}: its run did not come to an end.`);
      process.exitCode = 1;
      return [];
    }
  });
  const { passed, failed, skipped } = countTests(reports);
  if (failed > 0 || passed === 0) process.exitCode = 1;
  for (const failure of failuresOf(reports)) console.log(failure);
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}
