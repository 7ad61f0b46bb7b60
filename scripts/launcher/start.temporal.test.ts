import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from './paths.ts';
import { freePort, isPortFree } from './ports.ts';

/*
 * `npm start` itself, with ports and a data folder of its own: what it promises to a person at a terminal.
 */

const portVariables = [
  'PORT',
  'WORKER_HEALTH_PORT',
  'SIMULATOR_PORT',
  'POSTGRES_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
] as const;
const startTimeoutMs = 120_000;

let folder: string;
let env: NodeJS.ProcessEnv;
let ports: Record<(typeof portVariables)[number], number>;
let launcher: ChildProcess | undefined;
let printed = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadway-start-'));
  const pairs: [string, number][] = [];
  for (const name of portVariables) pairs.push([name, await freePort()]);
  ports = Object.fromEntries(pairs) as typeof ports;
  env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    LEADWAY_DATA: folder,
    ...Object.fromEntries(pairs.map(([name, port]) => [name, String(port)])),
  };
});
afterAll(async () => {
  await stop('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  printed = '';
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], { cwd: projectRoot, env });
  launcher = child;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await until(() => {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${printed}`);
    return printed.includes('Leadway is running.');
  }, startTimeoutMs);
}

/** @returns how long it took, in milliseconds, and the exit code */
async function stop(signal: NodeJS.Signals): Promise<{ tookMs: number; code: number | null }> {
  if (!launcher || launcher.exitCode !== null) return { tookMs: 0, code: null };
  const startedAt = Date.now();
  const exit = once(launcher, 'exit') as Promise<[number | null]>;
  launcher.kill(signal);
  const [code] = await exit;
  return { tookMs: Date.now() - startedAt, code };
}

async function until(condition: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; ;) {
    if (await condition()) return;
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms; printed so far:\n${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const statusOf = (url: string) => fetch(url).then((response) => response.status);
const processes = async () =>
  JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as { name: string; pid: number }[];
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const lineOf = (name: string) => printed.split('\n').find((line) => line.trimStart().startsWith(name)) ?? '';

test(
  'npm start runs everything, keeps it running, and Ctrl-C leaves nothing but the work',
  { timeout: 300_000 },
  async () => {
    await start();
    for (const path of ['/', '/docs', '/readyz', '/healthz', '/openapi.json']) {
      expect([path, await statusOf(`http://localhost:${ports.PORT}${path}`)]).toEqual([path, 200]);
    }
    expect(await statusOf(`http://localhost:${ports.TEMPORAL_UI_PORT}`)).toBe(200);
    expect(lineOf('Temporal Web')).toContain(`http://localhost:${ports.TEMPORAL_UI_PORT}`);
    expect(lineOf('Carrier')).toContain('simulated');
    const login = lineOf('Sign in as');
    expect(login).toMatch(/demo@leadway\.test {2}password \S+/);

    // The printed key is a working one, for the organisation that was made.
    const key = lineOf('API key').trim().split(/\s+/).at(-1) ?? '';
    const campaigns = await fetch(`http://localhost:${ports.PORT}/v1/campaigns`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(campaigns.status).toBe(200);
    expect(await campaigns.text()).toContain('Free quote follow-up');

    // A second launcher on the same data is refused.
    const second = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
      cwd: projectRoot,
      env,
    });
    let complaint = '';
    second.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    expect(await once(second, 'exit')).toEqual([1, null]);
    expect(complaint).toMatch(/already running here \(process \d+\)/);

    // A worker that dies is begun anew.
    const worker = (await processes()).find(({ name }) => name === 'worker');
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await until(() => printed.includes('worker ended (SIGKILL); starting it again'), 10_000);
    await until(async () => (await processes()).filter(({ name }) => name === 'worker').length === 2, 10_000);
    const workerReady = () => statusOf(`http://127.0.0.1:${ports.WORKER_HEALTH_PORT}/readyz`).catch(() => 0);
    await until(async () => (await workerReady()) === 200, 60_000);

    const acknowledged = await startWorkflows(25);
    const pids = (await processes()).map(({ pid }) => pid);
    const { tookMs, code } = await stop('SIGINT');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
    expect(pids.filter(isAlive)).toEqual([]);
    for (const name of portVariables) expect([name, await isPortFree(ports[name])]).toEqual([name, true]);

    await start();
    expect(lineOf('Sign in as')).toBe(login);
    expect(await countRunning()).toBe(acknowledged);
    expect((await stop('SIGTERM')).code).toBe(0);
  },
);

/** Starts workflows that nobody takes up, as what was promised to be done later. */
async function startWorkflows(count: number): Promise<number> {
  return withClient(async (client) => {
    const starts = Array.from({ length: count }, (_, index) =>
      client.workflow.start('later', { taskQueue: 'nobody', workflowId: `acknowledged-${index}` }),
    );
    return (await Promise.all(starts)).length;
  });
}

async function countRunning(): Promise<number> {
  return withClient(async (client) => {
    const described = Array.from({ length: 25 }, (_, index) =>
      client.workflow.getHandle(`acknowledged-${index}`).describe(),
    );
    return (await Promise.all(described)).filter(({ status }) => status.name === 'RUNNING').length;
  });
}

async function withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: `127.0.0.1:${ports.TEMPORAL_PORT}` });
  try {
    return await work(new Client({ connection, namespace: 'leadway' }));
  } finally {
    await connection.close();
  }
}
