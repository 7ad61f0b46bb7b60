import { parseArgs } from 'node:util';

export type BenchOptions = { json: boolean; names: string[] };

export class UsageError extends Error {}

/** @throws UsageError naming the option that is wrong. */
export function parseBenchOptions(args: string[], known: readonly string[]): BenchOptions {
  const { json, only } = parsed(args);
  if (only === undefined) return { json, names: [...known] };
  const asked = only.split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--only: "${unknown}" is not one of ${known.join(', ')}`);
  }
  return { json, names: known.filter((name) => asked.includes(name)) };
}

export function usage(known: readonly string[]): string {
  return `npm run bench -- [--json] [--only NAME,NAME]\n  names: ${known.join(', ')}`;
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
