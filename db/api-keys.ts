import { createHash, randomBytes } from 'node:crypto';

/** A new key for the `Authorization` header; it is shown once and only its hash is kept. */
export function newApiKey(): string {
  return `lw_${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a key: SHA-256 in hex. A key is random enough that it needs neither salt nor slowness. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function isApiKey(text: string): boolean {
  return /^lw_[\w-]{43}$/.test(text);
}
