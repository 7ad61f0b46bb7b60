import { z } from 'zod';
import { readEnvironment } from '#config/environment.ts';
import type { Environment } from '#config/environment.ts';
import { carrierVariables, httpUrl, logLevels, port } from '#config/variables.ts';
import { defaultFaultRate, parseFaultNames } from './faults.ts';
import { personaKinds } from './persona.ts';

export const simulatorVariables = {
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  SIMULATOR_HOST: z.string().default('127.0.0.1'),
  SIMULATOR_PORT: port.default(4010),
  SIMULATOR_SEED: z.string().default('1'),
  SIMULATOR_INBOUND_WEBHOOK_URL: httpUrl,
  SIMULATOR_FAULTS: z
    .string()
    .default('')
    .transform((text, context) => {
      try {
        return parseFaultNames(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    }),
  SIMULATOR_FAULT_RATE: z.coerce
    .number('must be a share from 0 to 1')
    .min(0, 'must be a share from 0 to 1')
    .max(1, 'must be a share from 0 to 1')
    .default(defaultFaultRate),
  SIMULATOR_SPEED: z.coerce
    .number('must be a number above 0')
    .positive('must be a number above 0')
    .default(1),
  SIMULATOR_PERSONA: z.enum(personaKinds, `must be one of ${personaKinds.join(', ')}`).optional(),
  TWILIO_ACCOUNT_SID: carrierVariables.TWILIO_ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: carrierVariables.TWILIO_AUTH_TOKEN,
};

export type SimulatorConfig = ReturnType<typeof loadSimulatorConfig>;

/** @throws ConfigError naming every variable that is missing or wrong. */
export function loadSimulatorConfig(env: Environment) {
  const variables = readEnvironment(simulatorVariables, env);
  return {
    logLevel: variables.LOG_LEVEL,
    host: variables.SIMULATOR_HOST,
    port: variables.SIMULATOR_PORT,
    seed: variables.SIMULATOR_SEED,
    accountSid: variables.TWILIO_ACCOUNT_SID,
    authToken: variables.TWILIO_AUTH_TOKEN,
    /** Where the texts of leads are brought. */
    inboundWebhookUrl: variables.SIMULATOR_INBOUND_WEBHOOK_URL,
    faults: { names: variables.SIMULATOR_FAULTS, rate: variables.SIMULATOR_FAULT_RATE },
    /** Divides every simulated wait. */
    speed: variables.SIMULATOR_SPEED,
    /** Makes everybody alike, for a demonstration. */
    persona: variables.SIMULATOR_PERSONA,
  };
}
