import { describe, expect, test } from 'vitest';
import { loadApiConfig } from '#api/config.ts';
import { loadWorkerConfig } from '#worker/config.ts';
import { ConfigError } from './environment.ts';
import type { Environment } from './environment.ts';
import { loadTemporalConfig, namesTemporal } from './temporal.ts';

const complete = {
  DATABASE_URL: 'postgres://leadway:secret-password@db:5432/leadway',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  PUBLIC_URL: 'https://leads.example.com/',
  SESSION_SECRET: 's'.repeat(32),
};

function problemsOf(load: (env: Environment) => unknown, env: Environment): readonly string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
}

test('the worker needs a database, a carrier account and an address for callbacks, and no more', () => {
  expect(problemsOf(loadWorkerConfig, {}).map((line) => line.split(' ')[0])).toEqual([
    'DATABASE_URL',
    'TWILIO_ACCOUNT_SID',
    'TWILIO_AUTH_TOKEN',
    'PUBLIC_URL',
  ]);
  const config = loadWorkerConfig(complete);
  expect(config).toMatchObject({
    database: { url: complete.DATABASE_URL, poolSize: 10 },
    carrier: { baseUrl: undefined, timeoutMs: 10_000 },
    publicUrl: 'https://leads.example.com',
    health: { host: '127.0.0.1', port: 3010 },
    testClockAddress: undefined,
  });
});

test('the API also needs a secret for its sessions', () => {
  expect(problemsOf(loadApiConfig, { ...complete, SESSION_SECRET: undefined })).toEqual([
    'SESSION_SECRET is not set: must be at least 32 random characters (openssl rand -base64 32)',
  ]);
  expect(loadApiConfig({ ...complete, PORT: '8080' })).toMatchObject({
    port: 8080,
    temporalWebUrl: undefined,
  });
});

describe('a wrong variable gives one line that names it', () => {
  test.each([
    ['PORT', 'eighty', 'PORT: must be a port: a whole number from 1 to 65535, not "eighty"'],
    ['PORT', '70000', 'PORT: must be a port: a whole number from 1 to 65535, not "70000"'],
    [
      'LOG_LEVEL',
      'loud',
      'LOG_LEVEL: must be one of fatal, error, warn, info, debug, trace, silent, not "loud"',
    ],
    [
      'PUBLIC_URL',
      'leads.example.com',
      'PUBLIC_URL: must be an address that begins with http:// or https://, not "leads.example.com"',
    ],
    ['TWILIO_ACCOUNT_SID', 'AC1', 'TWILIO_ACCOUNT_SID: must be AC and 32 hexadecimal digits, not "AC1"'],
    [
      'TEMPORAL_ADDRESS',
      'http://temporal:7233',
      'TEMPORAL_ADDRESS: must be host:port, like localhost:7233, not "http://temporal:7233"',
    ],
    ['TEMPORAL_TLS', 'yes', 'TEMPORAL_TLS: must be true or false, not "yes"'],
    [
      'TEST_CLOCK_ADDRESS',
      '7234',
      'TEST_CLOCK_ADDRESS: must be the address of a time-skipping test server: host:port, not "7234"',
    ],
    ['DATABASE_POOL_SIZE', '0', 'DATABASE_POOL_SIZE: must be a whole number above 0'],
  ])('%s=%s', (name, value, line) => {
    expect(problemsOf(loadApiConfig, { ...complete, [name]: value })).toEqual([line]);
  });

  test('without showing what is secret', () => {
    const env = { ...complete, DATABASE_URL: 'mysql://user:hunter2@db/x', SESSION_SECRET: 'hunter2' };
    const lines = problemsOf(loadApiConfig, env);
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain('hunter2');
  });

  test('and all wrong ones are told at once', () => {
    const env = { ...complete, PORT: 'x', LOG_LEVEL: 'x', TEMPORAL_ADDRESS: 'x' };
    expect(problemsOf(loadApiConfig, env)).toHaveLength(3);
  });
});

test('a variable that is set to nothing counts as not set', () => {
  expect(loadApiConfig({ ...complete, PORT: '', TEMPORAL_API_KEY: '', TWILIO_BASE_URL: ' ' }).port).toBe(
    3000,
  );
});

describe('Temporal', () => {
  test('is the local one, in our namespace, when nothing is said', () => {
    expect(namesTemporal({ TEMPORAL_NAMESPACE: 'leads', HOME: '/home/somebody' })).toBe(false);
    const { connectionOptions, namespace, taskQueue } = loadTemporalConfig({ TEMPORAL_API_KEY: '' });
    expect(connectionOptions).toMatchObject({ address: '127.0.0.1:7233' });
    expect(connectionOptions.tls).toBeUndefined();
    expect([namespace, taskQueue]).toEqual(['leadway', 'leadway']);
  });

  test('is reached with an API key, which turns TLS on', () => {
    const env = {
      TEMPORAL_ADDRESS: 'leads.tmprl.cloud:7233',
      TEMPORAL_NAMESPACE: 'leads.acct',
      TEMPORAL_API_KEY: 'key',
    };
    expect(namesTemporal(env)).toBe(true);
    expect(loadTemporalConfig(env)).toMatchObject({
      connectionOptions: { address: 'leads.tmprl.cloud:7233', apiKey: 'key', tls: true },
      namespace: 'leads.acct',
    });
  });

  test('is reached with a client certificate', () => {
    const { connectionOptions } = loadTemporalConfig({
      TEMPORAL_ADDRESS: 'temporal:7233',
      TEMPORAL_TLS_CLIENT_CERT_DATA: 'certificate',
      TEMPORAL_TLS_CLIENT_KEY_DATA: 'key',
      TEMPORAL_TLS_SERVER_NAME: 'temporal.example.com',
    });
    expect(connectionOptions.tls).toMatchObject({
      serverNameOverride: 'temporal.example.com',
      clientCertPair: { crt: expect.anything(), key: expect.anything() },
    });
  });

  test('a named configuration file that is not there is told by its variable', () => {
    const env = {
      ...complete,
      TEMPORAL_CONFIG_FILE: '/nowhere/temporal.toml',
      TEMPORAL_PROFILE: 'production',
    };
    expect(problemsOf(loadWorkerConfig, env)).toEqual([expect.stringMatching(/^TEMPORAL_\*: /)]);
  });
});
