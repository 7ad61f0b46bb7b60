import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { apiVariables, loadApiConfig } from '#api/config.ts';
import { loadSimulatorConfig, simulatorVariables } from '#simulator/config.ts';
import { loadWorkerConfig, workerVariables } from '#worker/config.ts';
import { migrationVariables } from './launcher/config.ts';
import { projectRoot } from './launcher/paths.ts';

/*
 * There is no container engine in a test run, so the files are held to what they promise by reading them.
 */

type Service = {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  restart?: string;
  network_mode?: string;
};
type ComposeFile = { include?: string[]; services: Record<string, Service>; volumes?: object };

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const compose = (file: string) => parse(read(file), { merge: true }) as ComposeFile;
const whole = compose('compose.yml');
const dev = compose('temporal-dev.yml');
const overlay = compose('compose.simulator.yml');

const everything: Record<string, Service> = { ...dev.services, ...whole.services };
for (const [name, service] of Object.entries(overlay.services)) {
  const below = everything[name];
  everything[name] = { ...below, ...service, environment: { ...below?.environment, ...service.environment } };
}

/** `${NAME:-default}` as compose fills it in; defaults may hold another one. */
function interpolate(text: string, env: Record<string, string>): string {
  const filled = text.replace(
    /\$\{(\w+)(?::[-?]([^${}]*))?\}/g,
    (_, name: string, other = '') => env[name] || other,
  );
  return filled === text ? text : interpolate(filled, env);
}

describe('compose.yml', () => {
  test('brings Postgres, Temporal, migrations, worker and API, Temporal by the same file as development', () => {
    expect(whole.include).toEqual(['temporal-dev.yml']);
    expect(Object.keys(everything)).toEqual(
      expect.arrayContaining([
        'postgres',
        'temporal',
        'temporal-setup',
        'migrate',
        'worker',
        'api',
        'simulator',
      ]),
    );
  });

  test.each(Object.entries(everything))('%s: image, health, order', (_, service) => {
    expect(service.image ?? service.build).toBeTruthy();
    if (service.image !== 'leadway') expect(service.image).toMatch(/:[\w.-]*\d/);
    // What runs on must say how it is; what runs once must not be begun again.
    if (service.restart === 'no') expect(service.healthcheck?.test).toBeUndefined();
    else expect(service.healthcheck?.test?.[0]).toBe('CMD');
    for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
      const other = everything[name];
      expect(other, name).toBeDefined();
      expect(condition).toBe(other?.restart === 'no' ? 'service_completed_successfully' : 'service_healthy');
    }
    const script = service.command?.find((word) => word.endsWith('.ts'));
    if (service.command?.[0] === 'node')
      expect(existsSync(join(projectRoot, script ?? 'missing'))).toBe(true);
  });

  test('tells the processes only variables that they read, and all that they need', () => {
    const env = {
      POSTGRES_PASSWORD: 'owner',
      DATABASE_PASSWORD: 'login',
      SESSION_SECRET: 's'.repeat(32),
      PORT: '8080',
    };
    const environmentOf = (name: string) =>
      Object.fromEntries(
        Object.entries(everything[name]?.environment ?? {}).map(([key, value]) => [
          key,
          interpolate(value, env),
        ]),
      );
    const known = { ...apiVariables, ...workerVariables, ...simulatorVariables, ...migrationVariables };
    for (const name of ['api', 'worker', 'migrate', 'simulator']) {
      expect(Object.keys(known)).toEqual(expect.arrayContaining(Object.keys(environmentOf(name))));
    }
    expect(loadApiConfig({ ...env, ...environmentOf('api') })).toMatchObject({
      host: '0.0.0.0',
      port: 8080,
      publicUrl: 'http://localhost:8080',
      database: { url: 'postgres://leadway_login:login@postgres:5432/leadway' },
      temporal: { connectionOptions: { address: 'temporal:7233' } },
    });
    expect(loadWorkerConfig(environmentOf('worker')).carrier.baseUrl).toBe('http://api:3020');
    expect(loadSimulatorConfig(environmentOf('simulator'))).toMatchObject({
      port: 3020,
      inboundWebhookUrl: 'http://localhost:8080/webhooks/twilio/sms',
    });
    expect(environmentOf('migrate').DATABASE_OWNER_URL).toBe(
      'postgres://leadway:owner@postgres:5432/leadway',
    );
  });

  test('every variable that it takes from .env is in .env.example', () => {
    const taken = [...`${read('compose.yml')}${read('compose.simulator.yml')}`.matchAll(/(?<!\$)\$\{(\w+)/g)];
    const documented = read('.env.example').match(/^[A-Z_]+(?==)/gm);
    expect(documented).toEqual(expect.arrayContaining(taken.map(([, name]) => name)));
  });

  test('the processes log in as somebody whom row-level security binds', () => {
    const roles = (whole as unknown as { configs: Record<string, { content: string }> }).configs[
      'postgres-roles'
    ];
    expect(roles?.content).toMatch(/CREATE ROLE leadway_app NOLOGIN NOSUPERUSER .*NOBYPASSRLS;/);
    expect(roles?.content).toMatch(/CREATE ROLE leadway_login LOGIN .*IN ROLE leadway_app;/);
  });
});

describe('Dockerfile', () => {
  const stages = read('Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line))
    .map((line) => ({
      instruction: line.slice(0, line.indexOf(' ')),
      rest: line.slice(line.indexOf(' ') + 1).trim(),
    }))
    .reduce<{ instruction: string; rest: string }[][]>((all, line) => {
      if (line.instruction === 'FROM') all.push([]);
      all.at(-1)?.push(line);
      return all;
    }, []);
  const last = stages.at(-1) ?? [];
  const named = stages.map((stage) => / AS (\w+)$/.exec(stage[0]?.rest ?? '')?.[1]);

  test('builds in one stage and runs in another, as a user without rights', () => {
    expect(stages).toHaveLength(2);
    expect(last.filter(({ instruction }) => instruction === 'USER').map(({ rest }) => rest)).toEqual([
      'node',
    ]);
    expect(last.some(({ instruction }) => instruction === 'HEALTHCHECK')).toBe(true);
    expect(stages.flat().some(({ rest }) => /npm ci\b/.test(rest))).toBe(true);
    expect(stages[0]?.some(({ rest }) => /npm prune --omit=dev/.test(rest))).toBe(true);
  });

  test('its bases are pinned to the Node that the product is made for', () => {
    for (const stage of stages) expect(stage[0]?.rest).toMatch(/^node:20\.\d+-/);
  });

  test('what it copies and starts exists', () => {
    for (const { instruction, rest } of stages.flat()) {
      const words = rest.split(/\s+/);
      if (instruction === 'COPY' && words[0]?.startsWith('--from=')) {
        expect(named).toContain(words[0].slice('--from='.length));
      } else if (instruction === 'COPY') {
        for (const source of words.slice(0, -1))
          expect(existsSync(join(projectRoot, source)), source).toBe(true);
      }
      if (instruction === 'CMD') {
        const command = JSON.parse(rest) as string[];
        expect(existsSync(join(projectRoot, command.at(-1) ?? 'missing'))).toBe(true);
      }
    }
  });

  test('leaves secrets, data and history out of the image', () => {
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.env', '.leadway', '.git', 'node_modules', 'dist']));
  });
});
