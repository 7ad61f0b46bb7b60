import { expect, test } from 'vitest';
import { readTemporalSettings } from '#scripts/temporal/dev-server.ts';
import { stockArguments } from './dev-servers.ts';

test('the stock server differs from ours by its tuning only', () => {
  const tuned = readTemporalSettings().serverArguments;
  const stock = stockArguments(tuned);
  expect(stock.slice(0, 2)).toEqual(['server', 'start-dev']);
  expect(stock).toContain('--db-filename');
  expect(stock).toContain('--namespace');
  expect(stock.filter((argument) => argument === '--search-attribute')).toHaveLength(6);
  const tuning = tuned.filter((argument) => !stock.includes(argument));
  expect(tuning).toContain('history.transferProcessorMaxPollRPS=2000');
  expect(tuning).toContain('journal_mode=WAL');
  for (const argument of tuning) {
    expect(argument).toMatch(
      /^(--dynamic-config-value|--sqlite-pragma|(history|matching|system)\..+|[a-z_]+=[A-Z]+)$/,
    );
  }
});
