import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { openApiFile, openApiText } from './openapi-file.ts';

type Document = { paths: Record<string, Record<string, unknown>>; [part: string]: unknown };

test('openapi.json is what the routes say', () => {
  const committed = readFileSync(openApiFile, 'utf8');
  const current = openApiText();
  const differing = committed === current ? [] : differences(JSON.parse(committed), JSON.parse(current));
  expect(differing, 'openapi.json is out of date: run `npm run openapi` and commit the file').toEqual([]);
});

test('a change of the interface is named by its route', () => {
  const before = { openapi: '3.1.0', paths: { '/a': { get: { summary: 'A' } }, '/b': { get: {} } } };
  const after = { openapi: '3.1.0', paths: { '/a': { get: { summary: 'B' }, post: {} } } };
  expect(differences(before, after)).toEqual(['changed: get /a', 'gone: get /b', 'new: post /a']);
  expect(differences(before, { ...before, info: {} })).toEqual(['changed: the document itself']);
});

/** What the linter is told it is wrong about, and why. */
const accepted: { rule: string; at: RegExp; because: string }[] = [
  {
    rule: 'no-ambiguous-paths',
    at: /by-external-id/,
    because: 'an id is a UUID, so that these words never stand for one',
  },
  {
    rule: 'operation-4xx-response',
    at: /healthz|readyz|metrics/,
    because: 'they take nothing that could be wrong',
  },
];

test('the linter finds nothing in it', async () => {
  const config = await createConfig({
    extends: ['recommended'],
    rules: { 'operation-tag-defined': 'error' },
  });
  const problems = await lintFromString({ source: openApiText(), absoluteRef: 'openapi.json', config });
  const told = problems.map(({ ruleId, severity, message, location }) => ({
    rule: ruleId,
    text: `${severity} ${ruleId} at ${location[0]?.pointer}: ${message}`,
  }));
  const isAccepted = ({ rule, text }: (typeof told)[number]) =>
    accepted.some((exception) => exception.rule === rule && exception.at.test(text));
  expect(told.filter((problem) => !isAccepted(problem)).map(({ text }) => text)).toEqual([]);
  // An exception that nothing needs any more must go.
  for (const { rule, at, because } of accepted)
    expect(
      told.some((problem) => problem.rule === rule && at.test(problem.text)),
      because,
    ).toBe(true);
});

/** The routes in which two documents differ. */
function differences(before: Document, after: Document): string[] {
  const [old, now] = [operations(before), operations(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  const found = names.flatMap((name) => {
    if (!now.has(name)) return `gone: ${name}`;
    if (!old.has(name)) return `new: ${name}`;
    return old.get(name) === now.get(name) ? [] : `changed: ${name}`;
  });
  return found.length > 0 ? found : ['changed: the document itself'];
}

function operations({ paths }: Document): Map<string, string> {
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method} ${path}`, JSON.stringify(operation)] as const,
      ),
    ),
  );
}
