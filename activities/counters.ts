import { Counter, Registry } from 'prom-client';
import type { ActivityDependencies } from './dependencies.ts';

/** What activities count, for `/metrics` of the worker. Without a registry of one's own nobody reads them. */
export function createCounters(
  registry: Registry = new Registry(),
): Pick<ActivityDependencies, 'touchCounter' | 'callbackCounter' | 'importCounter'> {
  const registers = [registry];
  return {
    touchCounter: new Counter({
      name: 'leadway_touches_total',
      help: 'Touches by channel, outcome and the code of a refusal.',
      labelNames: ['channel', 'outcome', 'code'],
      registers,
    }),
    callbackCounter: new Counter({
      name: 'leadway_callbacks_total',
      help: 'Promised callbacks: scheduled, and what became of them: kept (in time), late, missed, cancelled.',
      labelNames: ['result'],
      registers,
    }),
    importCounter: new Counter({
      name: 'leadway_imported_rows_total',
      help: 'Rows of imported files by what became of them: created, updated, rejected.',
      labelNames: ['result'],
      registers,
    }),
  };
}
