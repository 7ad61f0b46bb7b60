/** OWASP, "Authentication Cheat Sheet": slow guessing down by account and source. */
const maxFailures = 10;
const windowMs = 15 * 60_000;
const maxTracked = 10_000;

export type LoginLimit = {
  /** Milliseconds for which this source may not try this account again; 0 = it may. */
  blockedForMs(source: string, email: string): number;
  failed(source: string, email: string): void;
  succeeded(source: string, email: string): void;
};

/** Counts failed sign-ins by source address and account, in this process. `now` is epoch milliseconds. */
export function createLoginLimit(now: () => number = Date.now): LoginLimit {
  const failures = new Map<string, { count: number; since: number }>();
  const keyOf = (source: string, email: string) => `${source} ${email.toLowerCase()}`;
  const current = (key: string) => {
    const entry = failures.get(key);
    if (entry && now() - entry.since < windowMs) return entry;
    failures.delete(key);
    return undefined;
  };
  return {
    blockedForMs(source, email) {
      const entry = current(keyOf(source, email));
      return entry && entry.count >= maxFailures ? entry.since + windowMs - now() : 0;
    },
    failed(source, email) {
      const key = keyOf(source, email);
      const entry = current(key) ?? { count: 0, since: now() };
      entry.count += 1;
      failures.set(key, entry);
      // Whoever tries many accounts must not fill the memory: the oldest are forgotten.
      if (failures.size > maxTracked) failures.delete(failures.keys().next().value!);
    },
    succeeded(source, email) {
      failures.delete(keyOf(source, email));
    },
  };
}
