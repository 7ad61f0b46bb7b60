import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Secrets = {
  sessionSecret: string;
  /** Of the simulated carrier account; a real one is configured. */
  carrierAuthToken: string;
};

/** Drawn once for this machine and kept, so that sessions outlive a restart. */
export function readSecrets(file: string): Secrets {
  let kept: Partial<Secrets> = {};
  try {
    kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  } catch {
    // The first start, or a damaged file: either way new ones are drawn.
  }
  const secrets: Secrets = {
    sessionSecret: kept.sessionSecret ?? randomBytes(32).toString('base64url'),
    carrierAuthToken: kept.carrierAuthToken ?? randomBytes(16).toString('hex'),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}
