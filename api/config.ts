import { z } from 'zod';
import { readEnvironment } from '#config/environment.ts';
import type { Environment } from '#config/environment.ts';
import { loadTemporalConfig, temporalVariables } from '#config/temporal.ts';
import {
  carrierVariables,
  databaseVariables,
  httpUrl,
  port,
  processVariables,
  testClockVariables,
} from '#config/variables.ts';

const tooShort = 'must be at least 32 random characters (openssl rand -base64 32)';

export const apiVariables = {
  ...processVariables,
  ...databaseVariables,
  ...carrierVariables,
  ...testClockVariables,
  ...temporalVariables,
  PORT: port.default(3000),
  SESSION_SECRET: z.string(tooShort).min(32, tooShort),
  TEMPORAL_WEB_URL: httpUrl.optional(),
};

/**
 * How long whoever is not a person waits for a connection to the database: the carrier gives a webhook up after 15 s.
 * Source: Twilio, "Webhooks connection overrides", read time-out.
 */
const connectionWaitMs = 10_000;

export type ApiConfig = ReturnType<typeof loadApiConfig>;

/** @throws ConfigError naming every variable that is missing or wrong. */
export function loadApiConfig(env: Environment) {
  const variables = readEnvironment(apiVariables, env);
  return {
    host: variables.HOST,
    port: variables.PORT,
    logLevel: variables.LOG_LEVEL,
    /** What the carrier calls and signs, and what the browser opens; without a slash at the end. */
    publicUrl: variables.PUBLIC_URL,
    sessionSecret: variables.SESSION_SECRET,
    database: {
      url: variables.DATABASE_URL,
      poolSize: variables.DATABASE_POOL_SIZE,
      waitMs: connectionWaitMs,
    },
    temporal: loadTemporalConfig(env),
    /** For links from a journey to its workflow; absent means no links. */
    temporalWebUrl: variables.TEMPORAL_WEB_URL,
    carrier: {
      accountSid: variables.TWILIO_ACCOUNT_SID,
      authToken: variables.TWILIO_AUTH_TOKEN,
    },
    /** Set on dry runs only: business time is that server's. */
    testClockAddress: variables.TEST_CLOCK_ADDRESS,
  };
}
