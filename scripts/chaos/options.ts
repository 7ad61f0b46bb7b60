import { parseArgs } from 'node:util';

export type ChaosOptions = { json: boolean; names: string[]; seed: number; scale: 'small' | 'large' };

export class UsageError extends Error {}

/** @throws UsageError naming the option that is wrong. */
export function parseChaosOptions(args: string[], known: readonly string[]): ChaosOptions {
  const { json, only, seed, small } = parsed(args);
  if (!/^\d{1,9}$/.test(seed)) throw new UsageError(`--seed: "${seed}" is not a whole number`);
  const asked = only?.split(',').map((name) => name.trim());
  const unknown = asked?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--only: "${unknown}" is not one of ${known.join(', ')}`);
  }
  return {
    json,
    names: known.filter((name) => asked?.includes(name) ?? true),
    seed: Number(seed),
    scale: small ? 'small' : 'large',
  };
}

export function usage(known: readonly string[]): string {
  return `npm run chaos -- [--json] [--only NAME,NAME] [--seed N] [--small]\n  names: ${known.join(', ')}`;
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        json: { type: 'boolean', default: false },
        only: { type: 'string' },
        seed: { type: 'string', default: '1' },
        small: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
