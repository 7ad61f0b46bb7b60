import { randomBytes } from 'node:crypto';

/**
 * A new sid as Twilio forms them. Random, not drawn from the seed: a simulator that starts anew beside a database that
 * remembers must not hand out the sids of earlier touches.
 */
export function newSid(prefix: 'SM' | 'CA'): string {
  return `${prefix}${randomBytes(16).toString('hex')}`;
}
