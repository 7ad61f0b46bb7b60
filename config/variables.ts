import { z } from 'zod';

/*
 * Variables that more than one process reads, each with its rule and the words for whoever breaks it. Their meaning is
 * told in `.env.example`.
 */

export const port = z.coerce
  .number('must be a port: a whole number from 1 to 65535')
  .int('must be a port: a whole number from 1 to 65535')
  .min(1, 'must be a port: a whole number from 1 to 65535')
  .max(65_535, 'must be a port: a whole number from 1 to 65535');

/** With fewer, the SDK loses turns of journeys whose short work is still under way, ten seconds each. */
const tooFew = 'must be a whole number, 100 or above';
export const cacheSize = z.coerce.number(tooFew).int(tooFew).min(100, tooFew);

export const positiveInteger = z.coerce
  .number('must be a whole number above 0')
  .int('must be a whole number above 0')
  .positive('must be a whole number above 0');

/** Without the slash at the end, so that paths can be put behind it. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' })
  .transform((url) => url.replace(/\/+$/, ''));

export const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be an address like postgres://user:password@host:5432/database',
});

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What every process has. */
export const processVariables = {
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  HOST: z.string().default('127.0.0.1'),
};

export const databaseVariables = {
  DATABASE_URL: postgresUrl,
  DATABASE_POOL_SIZE: positiveInteger.default(10),
};

export const carrierVariables = {
  TWILIO_ACCOUNT_SID: z
    .string('must be the account SID of the carrier')
    .regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits'),
  TWILIO_AUTH_TOKEN: z.string('must be the auth token of the account'),
  TWILIO_BASE_URL: httpUrl.optional(),
  TWILIO_TIMEOUT_MS: positiveInteger.default(10_000),
  PUBLIC_URL: httpUrl,
};

export const testClockVariables = {
  TEST_CLOCK_ADDRESS: z
    .string()
    .regex(/^[^\s:/]+:\d+$/, 'must be the address of a time-skipping test server: host:port')
    .optional(),
};
