import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { callbackStatuses } from '#domain/callback.ts';
import { eventTypes } from '#domain/event-types.ts';

/** What is done, for the audit log, looks like an event's type; it is told by where it stands. */
const audited = /\b(action|actions|audit|recordAudit|record|changed)\b[:(]/;

test('every type of change that a query writes is in the list, and nothing else is', () => {
  const folder = new URL('./', import.meta.url);
  const written = new Set<string>();
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.ts') || name.includes('.test.')) continue;
    const text = readFileSync(new URL(name, folder), 'utf8');
    if (!text.includes('insert into events')) continue;
    for (const line of text.split('\n')) {
      if (audited.test(line)) continue;
      if (line.includes('`callback.${status}`'))
        for (const status of callbackStatuses) written.add(`callback.${status}`);
      for (const [, type = ''] of line.matchAll(/'([a-z_]+\.[a-z_]+)'/g)) {
        if (!type.startsWith('app.')) written.add(type);
      }
    }
  }
  expect([...written].toSorted()).toEqual(Object.keys(eventTypes).toSorted());
});
