import { z } from 'zod';
import { type FaultSettings, defaultFaultRate, parseFaultNames } from './faults.ts';
import { type PersonaKind, personaKinds } from './persona.ts';

export type SimulatorConfig = {
  host: string;
  port: number;
  seed: string;
  accountSid: string;
  authToken: string;
  inboundWebhookUrl: string;
  faults: FaultSettings;
  speed: number;
  persona: PersonaKind | undefined;
};

const variables = z.object({
  SIMULATOR_HOST: z.string().min(1).default('127.0.0.1'),
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
  SIMULATOR_SEED: z.string().min(1).default('1'),
  SIMULATOR_INBOUND_WEBHOOK_URL: z.url({ protocol: /^https?$/ }),
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
  SIMULATOR_FAULT_RATE: z.coerce.number().min(0).max(1).default(defaultFaultRate),
  SIMULATOR_SPEED: z.coerce.number().positive().default(1),
  SIMULATOR_PERSONA: z.enum(personaKinds).optional(),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits'),
  TWILIO_AUTH_TOKEN: z.string().min(1, 'must not be empty'),
});

/** Reads the simulator's settings. Throws one error that names every variable that is missing or wrong. */
export function readSimulatorConfig(environment: Record<string, string | undefined>): SimulatorConfig {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`The simulator’s settings are wrong.\n  ${problems.join('\n  ')}`);
  }
  const env = parsed.data;
  return {
    host: env.SIMULATOR_HOST,
    port: env.SIMULATOR_PORT,
    seed: env.SIMULATOR_SEED,
    accountSid: env.TWILIO_ACCOUNT_SID,
    authToken: env.TWILIO_AUTH_TOKEN,
    inboundWebhookUrl: env.SIMULATOR_INBOUND_WEBHOOK_URL,
    faults: { names: env.SIMULATOR_FAULTS, rate: env.SIMULATOR_FAULT_RATE },
    speed: env.SIMULATOR_SPEED,
    persona: env.SIMULATOR_PERSONA,
  };
}
