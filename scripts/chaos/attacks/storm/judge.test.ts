import { expect, test } from 'vitest';
import { newsOf, regressions } from './judge.ts';

test.each([
  [['queued', 'sent', 'delivered'], 0],
  [['sent', 'queued'], 1],
  [['delivered', 'failed'], 1],
  [['sent', 'sent'], 1],
  [[], 0],
])('%j goes down or stands still %i times', (statuses, times) => expect(regressions(statuses)).toBe(times));

test.each([
  [null, ['sent', 'queued', 'delivered', 'failed'], ['sent', 'delivered']],
  ['queued', ['initiated', 'queued', 'busy', 'ringing'], ['initiated', 'busy']],
  ['sent', ['queued', 'sent'], []],
])('after %s the news of %j is %j', (current, order, news) => expect(newsOf(current, order)).toEqual(news));
