import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startProcess, waitUntilReady } from './managed-process.ts';
import type { ManagedProcess, ProcessSpec } from './managed-process.ts';
import { supervise } from './supervisor.ts';

let folder: string;
const running: ManagedProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadway-process-'));
});
afterEach(async () => {
  for (const process of running.splice(0)) await process.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A process of this code; it is ready once it has written something into the file `ready`. */
function specOf(code: string, change: Partial<ProcessSpec> = {}): ProcessSpec {
  return {
    name: 'sample',
    command: process.execPath,
    args: ['-e', `const fs = require('fs');${code}`],
    env: { FOLDER: folder },
    cwd: folder,
    logFolder: join(folder, 'logs'),
    isReady: () =>
      readFile(join(folder, 'ready')).then(
        ({ length }) => length > 0,
        () => false,
      ),
    readyTimeoutMs: 10_000,
    graceMs: 300,
    ...change,
  };
}
async function start(spec: ProcessSpec): Promise<ManagedProcess> {
  const process = await startProcess(spec);
  running.push(process);
  return process;
}
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
async function gone(pid: number): Promise<void> {
  for (const deadline = Date.now() + 5_000; isAlive(pid) && Date.now() < deadline;) await sleep(20);
}

test('is ready when it says so, and what it prints is in its log', async () => {
  const process = await start(
    specOf(
      "console.log('hello'); setTimeout(() => fs.writeFileSync('ready', 'yes'), 100); setInterval(() => {}, 1e9);",
    ),
  );
  await waitUntilReady(process);
  expect(await readFile(join(folder, 'logs', 'sample.log'), 'utf8')).toBe('hello\n');
});

test('that ends before it is ready is an error with its last lines', async () => {
  const process = await start(specOf("console.error('the port is taken'); process.exit(3);"));
  await expect(waitUntilReady(process)).rejects.toThrow(/sample ended \(exit code 3\)[^]*the port is taken/);
});

test('that never becomes ready is an error after its time', async () => {
  const process = await start(specOf('setInterval(() => {}, 1e9);', { readyTimeoutMs: 200 }));
  await expect(waitUntilReady(process)).rejects.toThrow(/not ready after 0\.2 s/);
});

test('is not waited for once the launch is aborted', async () => {
  const process = await start(specOf('setInterval(() => {}, 1e9);'));
  await expect(waitUntilReady(process, AbortSignal.abort(new Error('told to stop')))).rejects.toThrow(
    'told to stop',
  );
});

test('that cannot be started at all is an error', async () => {
  await expect(startProcess(specOf('', { command: join(folder, 'missing') }))).rejects.toThrow(
    /cannot be started.*ENOENT/,
  );
});

test('is asked to end and given time for it', async () => {
  const process = await start(
    specOf(
      "process.on('SIGTERM', () => setTimeout(() => { fs.writeFileSync('finished', ''); process.exit(); }, 100)); fs.writeFileSync('ready', 'yes'); setInterval(() => {}, 1e9);",
      {
        graceMs: 5_000,
      },
    ),
  );
  await waitUntilReady(process);
  await process.stop();
  expect(await process.ended).toBe('exit code 0');
  expect(await readFile(join(folder, 'finished'), 'utf8')).toBe('');
});

test('that does not end is killed, together with what it started', async () => {
  const grandchild = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e9)";
  const process = await start(
    specOf(
      `process.on('SIGTERM', () => {});
       const child = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}]);
       fs.writeFileSync('ready', String(child.pid)); setInterval(() => {}, 1e9);`,
    ),
  );
  await waitUntilReady(process);
  const pid = Number(await readFile(join(folder, 'ready'), 'utf8'));
  expect(isAlive(pid)).toBe(true);
  await process.stop();
  expect(await process.ended).toBe('SIGKILL');
  await gone(pid);
  expect(isAlive(pid)).toBe(false);
});

test('a supervised one is begun anew when it ends, and given up after the allowed number', async () => {
  const said: string[] = [];
  const pids: number[] = [];
  const service = supervise(specOf("fs.writeFileSync('ready', 'yes'); setInterval(() => {}, 1e9);"), {
    restarts: 1,
    say: (line) => said.push(line),
    onStart: (process) => {
      pids.push(process.pid);
      running.push(process);
    },
  });
  await service.ready;
  process.kill(pids[0] ?? 0, 'SIGKILL');
  await expect.poll(() => pids.length, { timeout: 5_000 }).toBe(2);
  expect(said).toEqual(['sample ended (SIGKILL); starting it again (restarts left: 0)']);
  await sleep(200);
  process.kill(pids[1] ?? 0, 'SIGKILL');
  expect(await service.failed).toMatch(/^sample ended \(SIGKILL\)\. Its last lines/);
  expect(pids).toHaveLength(2);
});

test('a supervised one that is stopped stays stopped, also while it is being begun', async () => {
  const pids: number[] = [];
  const options = {
    restarts: 3,
    say: () => {},
    onStart: (process: ManagedProcess) => void (pids.push(process.pid), running.push(process)),
  };
  const service = supervise(specOf('setInterval(() => {}, 1e9);'), options);
  const failure = service.ready.catch((error: unknown) => error);
  await expect.poll(() => pids.length).toBe(1);
  await service.stop();
  expect(String(await failure)).toMatch(/sample ended/);
  await sleep(200);
  expect(pids).toHaveLength(1);
  expect(isAlive(pids[0] ?? 0)).toBe(false);
});

test('a restart takes the new sources; one that they break waits for the next', async () => {
  const file = join(folder, 'program.js');
  const said: string[] = [];
  const pids: number[] = [];
  const program = (mark: string) =>
    writeFile(file, `require('fs').writeFileSync('ready', '${mark}'); setInterval(() => {}, 1e9);`);
  await program('one');
  const service = supervise(specOf('', { args: [file] }), {
    restarts: 0,
    say: (line) => said.push(line),
    onStart: (process) => void (pids.push(process.pid), running.push(process)),
  });
  await service.ready;
  await rm(join(folder, 'ready'));
  await writeFile(file, 'this is no program');
  await service.restart();
  expect(said.join()).toMatch(/sample ended \(exit code 1\)[^]*SyntaxError/);
  await program('two');
  await service.restart();
  expect(await readFile(join(folder, 'ready'), 'utf8')).toBe('two');
  await service.stop();
  expect(pids).toHaveLength(3);
});
