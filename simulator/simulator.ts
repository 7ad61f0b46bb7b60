import { setMaxListeners } from 'node:events';
import type { Clock } from '#domain/clock.ts';
import { Hono } from 'hono';
import { createCallbackSender } from './callbacks.ts';
import { createCarrier } from './carrier.ts';
import type { Seed } from './draw.ts';
import { type FaultSettings, noFaults } from './faults.ts';
import { type Ledger, createLedger } from './ledger.ts';
import { type Logger, silentLogger } from './logger.ts';
import type { PersonaKind } from './persona.ts';
import { callRoutes } from './routes/calls.ts';
import { inspectionRoutes } from './routes/inspection.ts';
import { lookupRoutes } from './routes/lookups.ts';
import { messageRoutes } from './routes/messages.ts';
import type { FaultyBindings } from './routes/under-faults.ts';
import { type Scheduler, createCourse } from './scheduler.ts';
import { errorResponse } from './wire/errors.ts';

export type SimulatorOptions = {
  seed: Seed;
  clock: Clock;
  scheduler: Scheduler;
  /** What the product must authenticate with, and what webhooks are signed with. */
  accountSid: string;
  authToken: string;
  /** Where texts of leads are brought, absolute. */
  inboundWebhookUrl: string;
  faults?: FaultSettings;
  /** Overrides the kind of person behind a phone; undefined leaves it to the seed. */
  persona?: (phone: string) => PersonaKind | undefined;
  /** Divides every simulated wait, so that a demonstration is lively. */
  speed?: number;
  /** Waits up to this long happen at once; see `createCourse`. */
  coalesceMs?: number;
  /** How long a connection is held that shall time out, in milliseconds of this machine. */
  holdMs?: number;
  logger?: Logger;
};

export type Simulator = {
  app: Hono<FaultyBindings>;
  /** The live ledger: reading it needs no copy, and shows what happens next. */
  ledger: Ledger;
  /** Ends held connections and callbacks under way. The scheduler and the server are the caller's to close. */
  close(): void;
};

/**
 * A carrier that speaks Twilio's REST protocol and calls webhooks back, with people behind its phones. What happens
 * follows from the seed, the phone and the attempt; when it happens follows from the clock and the scheduler.
 */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { seed, clock, scheduler, accountSid, authToken, inboundWebhookUrl, persona } = options;
  const { faults = noFaults, speed = 1, coalesceMs = 0, holdMs = 20_000, logger = silentLogger } = options;
  const closing = new AbortController();
  // Every held connection and every retry listens to it: many at once are no leak.
  setMaxListeners(0, closing.signal);
  const ledger = createLedger();
  const carrier = createCarrier({
    seed,
    accountSid,
    clock,
    ledger,
    faults,
    inboundWebhookUrl,
    persona,
    course: createCourse({ clock, scheduler, speed, coalesceMs, logger }),
    sender: createCallbackSender({ authToken, clock, ledger, logger, closing: closing.signal }),
  });
  const creation = { carrier, tries: new Map<string, number>(), holdMs, closing: closing.signal };
  const credentials = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;

  const app = new Hono<FaultyBindings>();
  for (const path of ['/2010-04-01/*', '/v2/*']) {
    app.use(path, async (c, next) => {
      if (c.req.header('authorization') !== credentials) return errorResponse(20003);
      return next();
    });
  }
  const account = `/2010-04-01/Accounts/${accountSid}`;
  app.route(account, messageRoutes(carrier, creation));
  app.route(account, callRoutes(carrier, creation));
  app.route('/v2', lookupRoutes(carrier));
  app.route('/_simulator', inspectionRoutes(carrier));
  app.notFound(() => errorResponse(20404));
  app.onError((error) => {
    logger.error({ err: error }, 'the simulator failed');
    return errorResponse(20500);
  });

  return { app, ledger, close: () => closing.abort() };
}
