import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faultNames } from '#simulator/faults.ts';
import type { FaultName } from '#simulator/faults.ts';

export type DemoOptions = {
  file: string;
  csv: Buffer;
  days: number;
  seed: number;
  carrierFaults: FaultName[];
  /** kill -9 of the worker, five times during the run. */
  killWorker: boolean;
  json: boolean;
};

export const usage = `npm run demo -- --leads FILE.csv [--days 14] [--seed 1] [--faults NAME,NAME|all] [--json]
  faults: ${[...faultNames, 'kill_worker'].join(', ')}`;

export class UsageError extends Error {}

/** @throws UsageError naming the option that is wrong. */
export function parseDemoOptions(args: string[]): DemoOptions {
  const values = parsed(args);
  if (!values.leads) throw new UsageError('--leads FILE.csv is missing');
  const names = (values.faults ?? '').split(',').filter((name) => name !== '');
  const known: readonly string[] = [...faultNames, 'kill_worker', 'all'];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`--faults: "${unknown}" is not one of ${known.join(', ')}`);
  const all = names.includes('all');
  return {
    file: values.leads,
    csv: read(values.leads),
    days: wholeNumber('--days', values.days, 1, 365),
    seed: wholeNumber('--seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
    carrierFaults: all ? [...faultNames] : faultNames.filter((name) => names.includes(name)),
    killWorker: all || names.includes('kill_worker'),
    json: values.json,
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        leads: { type: 'string' },
        days: { type: 'string', default: '14' },
        seed: { type: 'string', default: '1' },
        faults: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new UsageError(`--leads: ${file} cannot be read`);
  }
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new UsageError(`${name}: must be a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}
