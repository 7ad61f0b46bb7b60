import { createHash } from 'node:crypto';

/** What may be found where: `secret` nowhere, `words` in Postgres only, `phone` also in answers to its own organisation. */
export type CanaryKind = 'secret' | 'words' | 'phone';
export type Canary = { name: string; kind: CanaryKind; value: string };

/**
 * Values that stand in nothing else, each under the name of the place where it was planted. The same seed plants the
 * same values.
 */
export function createNest(seed: number) {
  const canaries: Canary[] = [];
  const fresh = (name: string) => createHash('sha256').update(`${seed} ${name}`).digest('hex');
  const add = (kind: CanaryKind, name: string, value: string): string => {
    canaries.push({ name, kind, value });
    return value;
  };
  return {
    canaries,
    /** One that is made elsewhere, a database's password say. */
    found: (name: string, value: string) => add('secret', name, value),
    secret: (name: string) => add('secret', name, `cnrys${fresh(name).slice(0, 32)}`),
    /** A word for a name, a body, a field. */
    words: (name: string) => add('words', name, `Cnryw${fresh(name).slice(0, 16)}`),
    /** A number of the range that is kept for fiction is too easily found by chance: one of our own, in E.164. */
    phone(name: string): string {
      const digits = String(2_000_000 + (Number.parseInt(fresh(name).slice(0, 10), 16) % 7_999_999));
      return add('phone', name, `+1202${digits.slice(0, 7)}`);
    },
  };
}

export type Nest = ReturnType<typeof createNest>;
