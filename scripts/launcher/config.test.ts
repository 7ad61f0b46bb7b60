import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { loadApiConfig } from '#api/config.ts';
import { ConfigError } from '#config/environment.ts';
import type { Environment } from '#config/environment.ts';
import { loadSimulatorConfig } from '#simulator/config.ts';
import { loadWorkerConfig } from '#worker/config.ts';
import { loadLauncherConfig, usedPorts } from './config.ts';
import { requireDatabase } from './database.ts';
import { freePort, requireFreePorts } from './ports.ts';
import { describeLaunch } from './report.ts';
import { serviceEnvironment, serviceSpec } from './services.ts';

const account = { TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token' };
const secrets = { sessionSecret: 's'.repeat(43), carrierAuthToken: 'drawn' };

const linesOf = (env: Environment): readonly string[] => {
  try {
    loadLauncherConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
};

describe('what is started here', () => {
  test('is everything when nothing is configured', () => {
    const config = loadLauncherConfig({});
    expect([config.database, config.temporal, config.carrier]).toEqual([null, null, null]);
    expect(usedPorts(config).map(({ port }) => port)).toEqual([3000, 3010, 3020, 54_329, 7233, 8233]);
    expect(config).toMatchObject({
      publicUrl: 'http://localhost:3000',
      temporalWebUrl: 'http://localhost:8233',
    });
  });

  test('is only what does not run elsewhere', () => {
    const config = loadLauncherConfig({
      ...account,
      PORT: '8080',
      PUBLIC_URL: 'https://leads.example.com',
      DATABASE_URL: 'postgres://a:b@db/leads',
      TEMPORAL_ADDRESS: 'temporal:7233',
    });
    expect(usedPorts(config).map(({ variable }) => variable)).toEqual(['PORT', 'WORKER_HEALTH_PORT']);
    expect(config.database).toEqual({ url: 'postgres://a:b@db/leads', ownerUrl: 'postgres://a:b@db/leads' });
    expect(config.temporalWebUrl).toBeUndefined();
  });
});

describe('contradictions are told by name', () => {
  test.each<[string, Environment, RegExp]>([
    ['half an account', { TWILIO_ACCOUNT_SID: account.TWILIO_ACCOUNT_SID }, /^TWILIO_AUTH_TOKEN is not set/],
    ['the other half', { TWILIO_AUTH_TOKEN: 'token' }, /^TWILIO_ACCOUNT_SID is not set/],
    ['a real carrier that cannot call back', account, /^PUBLIC_URL is not set/],
    ['an owner of no database', { DATABASE_OWNER_URL: 'postgres://a@db/x' }, /^DATABASE_URL is not set/],
    ['two on one port', { PORT: '8233' }, /^TEMPORAL_UI_PORT: 8233 is also PORT/],
    [
      'Temporal Cloud without a namespace',
      { TEMPORAL_ADDRESS: 'us-east-1.aws.api.temporal.io:7233', TEMPORAL_API_KEY: 'key' },
      /^TEMPORAL_NAMESPACE is not set/,
    ],
  ])('%s', (_, env, line) => {
    expect(linesOf(env)).toEqual([expect.stringMatching(line)]);
  });

  test('a port of something that is not started may be shared', () => {
    expect(linesOf({ PORT: '54329', DATABASE_URL: 'postgres://a:b@db/leads' })).toEqual([]);
  });
});

describe('what the processes are told', () => {
  const databaseUrl = 'postgres://postgres:pw@127.0.0.1:54329/leadway';

  test('is complete for each of them, and has the carrier played by the simulator', () => {
    const env = serviceEnvironment(loadLauncherConfig({ LOG_LEVEL: 'debug' }), { databaseUrl, secrets });
    const worker = loadWorkerConfig(env);
    expect(worker).toMatchObject({
      logLevel: 'debug',
      database: { url: databaseUrl },
      temporal: {
        connectionOptions: { address: '127.0.0.1:7233' },
        namespace: 'leadway',
        taskQueue: 'leadway',
      },
      carrier: { authToken: 'drawn', baseUrl: 'http://127.0.0.1:3020' },
    });
    const api = loadApiConfig(env);
    expect(api).toMatchObject({
      port: 3000,
      temporalWebUrl: 'http://localhost:8233',
      sessionSecret: secrets.sessionSecret,
    });
    // The three must agree on the account and on the address that is signed.
    const simulator = loadSimulatorConfig(env);
    expect([simulator.accountSid, simulator.authToken]).toEqual([
      worker.carrier.accountSid,
      api.carrier.authToken,
    ]);
    expect(simulator.inboundWebhookUrl).toBe(`${api.publicUrl}/webhooks/twilio/sms`);
    expect(simulator.port).toBe(3020);
  });

  test('is what was configured, where something was', () => {
    const configured = {
      ...account,
      PUBLIC_URL: 'https://leads.example.com/',
      SESSION_SECRET: 'c'.repeat(32),
      TEMPORAL_ADDRESS: 'temporal:7233',
      TEMPORAL_NAMESPACE: 'leads',
      WORKER_CONCURRENCY: '7',
    };
    const env = serviceEnvironment(loadLauncherConfig(configured), { databaseUrl, secrets });
    expect(loadWorkerConfig(env)).toMatchObject({
      carrier: { accountSid: account.TWILIO_ACCOUNT_SID, authToken: 'token', baseUrl: undefined },
      temporal: { connectionOptions: { address: 'temporal:7233' }, namespace: 'leads' },
      publicUrl: 'https://leads.example.com',
      concurrency: 7,
    });
    expect(loadApiConfig(env).sessionSecret).toBe('c'.repeat(32));
  });

  test('each is asked where it can be reached, also when it listens everywhere', async () => {
    const asked: string[] = [];
    const server = createServer((socket) => {
      socket.once('data', (data) => {
        asked.push(data.toString().split('\r\n')[0] ?? '');
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const at = { PORT: `${port}`, WORKER_HEALTH_PORT: `${port}`, SIMULATOR_PORT: `${port}` };
    for (const name of ['api', 'worker', 'simulator'] as const) {
      const config = loadLauncherConfig({ HOST: '0.0.0.0' });
      config.ports = { ...config.ports, PORT: port, WORKER_HEALTH_PORT: port, SIMULATOR_PORT: port };
      expect(await serviceSpec(name, config, at).isReady()).toBe(true);
    }
    expect(asked).toEqual([
      'GET /readyz HTTP/1.1',
      'GET /readyz HTTP/1.1',
      'GET /_simulator/summary HTTP/1.1',
    ]);
    server.close();
  });
});

test('a taken port gives one line that names its variable', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  const others = [
    'WORKER_HEALTH_PORT',
    'SIMULATOR_PORT',
    'POSTGRES_PORT',
    'TEMPORAL_PORT',
    'TEMPORAL_UI_PORT',
  ];
  const env: Record<string, string> = { PORT: String(port) };
  for (const name of others) env[name] = String(await freePort());
  await expect(requireFreePorts(loadLauncherConfig(env))).rejects.toMatchObject({
    lines: [
      `PORT: another program has taken port ${port}; set PORT to a free one, for the API and the web application`,
    ],
  });
  await new Promise((resolve) => taken.close(resolve));
  await expect(requireFreePorts(loadLauncherConfig(env))).resolves.toBeUndefined();
});

test('an unreachable database gives one line that names its variable and hides the password', async () => {
  const url = `postgres://leads:hunter2@127.0.0.1:${await freePort()}/leads`;
  const failure = await requireDatabase('DATABASE_URL', url).catch((error: unknown) => error as ConfigError);
  expect(failure).toBeInstanceOf(ConfigError);
  expect((failure as ConfigError).lines).toEqual([
    expect.stringMatching(
      /^DATABASE_URL: the database leads at 127\.0\.0\.1:\d+ cannot be used \(.*ECONNREFUSED/,
    ),
  ]);
  expect((failure as ConfigError).message).not.toContain('hunter2');
});

describe('the last word of a start', () => {
  const demo = {
    organizationId: 'o',
    campaignId: 'c',
    email: 'demo@leadway.test',
    password: 'pw',
    apiKey: 'lw_key',
  };

  test('tells the addresses, the demo login and that nobody real is reached', () => {
    const text = describeLaunch(loadLauncherConfig({ PORT: '8080' }), { demo });
    for (const part of [
      'http://localhost:8080',
      '/docs',
      'http://localhost:8233',
      'demo@leadway.test',
      'lw_key',
      'no real text',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('names the account when somebody real is, and no login that it does not know', () => {
    const env = { ...account, PUBLIC_URL: 'https://leads.example.com', TEMPORAL_ADDRESS: 'temporal:7233' };
    const text = describeLaunch(loadLauncherConfig(env), { demo: null });
    expect(text).toContain(account.TWILIO_ACCOUNT_SID);
    expect(text).toContain('https://leads.example.com');
    expect(text).not.toMatch(/Sign in|Temporal Web|token/);
  });
});
