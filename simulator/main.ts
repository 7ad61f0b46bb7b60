import { systemClock } from '#domain/clock.ts';
import { pino } from 'pino';
import { loadSimulatorConfig } from './config.ts';
import { createRealTimeScheduler } from './real-time-scheduler.ts';
import { serveSimulator } from './serve.ts';
import { createSimulator } from './simulator.ts';

/** The simulator as a process of its own, in real time. SIGINT and SIGTERM end it; a wrong setting is exit code 1. */
async function main(): Promise<void> {
  const config = loadSimulatorConfig(process.env);
  const logger = pino({ level: config.logLevel, base: { process: 'simulator' } });
  const scheduler = createRealTimeScheduler(logger);
  const simulator = createSimulator({
    ...config,
    persona: () => config.persona,
    clock: systemClock,
    scheduler,
    logger,
  });
  const server = await serveSimulator(simulator, { port: config.port, hostname: config.host });
  logger.info(
    { url: server.url, seed: config.seed, faults: config.faults.names },
    'the carrier simulator is ready',
  );

  const stop = async () => {
    await server.close();
    await scheduler.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

main().catch((error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE' ? 'The port is taken: set SIMULATOR_PORT to a free one.' : null;
  console.error(taken ?? error.message);
  process.exitCode = 1;
});
