import { createHash } from 'node:crypto';

/** A seed of the whole simulation; the same seed gives the same people. */
export type Seed = number | string;

/**
 * A number in [0, 1) that depends on the seed and the names alone: the same question always gets the same answer, in
 * whatever order questions are asked.
 */
export function draw(seed: Seed, ...names: (string | number)[]): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([String(seed), ...names]))
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

/** The choice at which `at` (in [0, 1)) falls when the choices lie end to end by weight. Weights need no fixed sum. */
export function choose<T>(at: number, choices: readonly (readonly [T, number])[]): T {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = at * total;
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  const last = choices.at(-1);
  if (!last) throw new Error('nothing to choose from');
  return last[0];
}

/** The one of equally likely items at which `at` falls. */
export function chooseOne<T>(at: number, items: readonly T[]): T {
  return choose(
    at,
    items.map((item) => [item, 1] as const),
  );
}

/** A whole number in [min, max]. */
export function between(at: number, min: number, max: number): number {
  return min + Math.floor(at * (max - min + 1));
}
