import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fingerprintOf } from './build.ts';
import { withDotEnv } from './dot-env.ts';
import { claimInstance, runningLauncher } from './instance.ts';
import { readSecrets } from './secrets.ts';
import { affectedBy, watchSources } from './watch.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadway-data-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('one launcher at a time', () => {
  test('a second one is refused while the first is at work', async () => {
    const file = join(folder, 'run.json');
    expect(runningLauncher(file)).toBeNull();
    const instance = await claimInstance(() => {}, file);
    expect(runningLauncher(file)).toBe(process.pid);
    await expect(claimInstance(() => {}, file)).rejects.toThrow(
      `already running here (process ${process.pid})`,
    );
    instance.release();
    expect(runningLauncher(file)).toBeNull();
  });

  test('what a killed one left running is ended, and a number that is now somebody else is not', async () => {
    const file = join(folder, 'run.json');
    const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'], { detached: true });
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 9e8)'], { detached: true });
    const first = await claimInstance(() => {}, file);
    first.record('worker', left.pid ?? 0);
    const recorded = JSON.parse(await readFile(file, 'utf8')) as { pid: number; command: string }[];
    const ended = { name: 'launcher', pid: 999_999_999, command: 'node start.ts' };
    const reused = { name: 'api', pid: stranger.pid, command: 'node another.ts' };
    await writeFile(file, JSON.stringify([ended, reused, ...recorded.slice(1)]));

    const said: string[] = [];
    const exit = once(left, 'exit');
    const second = await claimInstance((line) => said.push(line), file);
    expect(await exit).toEqual([null, 'SIGTERM']);
    expect(said).toEqual([
      expect.stringMatching(/^ending worker, left running by a launcher that was killed/),
    ]);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    stranger.kill('SIGKILL');
    second.release();
  });
});

describe('secrets', () => {
  test('are drawn once, kept, and readable by their owner only', async () => {
    const file = join(folder, 'data', 'secrets.json');
    const drawn = readSecrets(file);
    expect(drawn.sessionSecret.length).toBeGreaterThanOrEqual(32);
    expect(readSecrets(file)).toEqual(drawn);
    expect((await stat(file)).mode & 0o077).toBe(0);
    await writeFile(file, '{');
    expect(readSecrets(file).sessionSecret).not.toBe(drawn.sessionSecret);
  });
});

describe('.env', () => {
  test('completes the environment, which wins', async () => {
    const file = join(folder, '.env');
    await writeFile(
      file,
      '# a comment\nPORT=8080\nLOG_LEVEL=debug\nPUBLIC_URL="https://leads.example.com"\n',
    );
    expect(withDotEnv({ PORT: '9090' }, file)).toEqual({
      PORT: '9090',
      LOG_LEVEL: 'debug',
      PUBLIC_URL: 'https://leads.example.com',
    });
    expect(withDotEnv({ PORT: '9090' }, join(folder, 'missing'))).toEqual({ PORT: '9090' });
  });
});

describe('a build', () => {
  test('is of its sources: their contents and names, but not their tests', async () => {
    await mkdir(join(folder, 'web', 'src'), { recursive: true });
    await writeFile(join(folder, 'web', 'src', 'main.tsx'), 'one');
    await writeFile(join(folder, 'lock.json'), '{}');
    const before = fingerprintOf(['web', 'lock.json'], folder);
    await writeFile(join(folder, 'web', 'src', 'main.test.ts'), 'a test');
    expect(fingerprintOf(['web', 'lock.json'], folder)).toBe(before);
    await writeFile(join(folder, 'web', 'src', 'main.tsx'), 'two');
    const changed = fingerprintOf(['web', 'lock.json'], folder);
    expect(changed).not.toBe(before);
    await writeFile(join(folder, 'web', 'src', 'more.ts'), '');
    expect(fingerprintOf(['web', 'lock.json'], folder)).not.toBe(changed);
  });
});

describe('watching', () => {
  test.each([
    ['api/routes/leads.ts', ['api']],
    ['activities/send-text.ts', ['worker']],
    ['domain/phone.ts', ['api', 'worker', 'simulator']],
    ['workflows/launch/launch.ts', ['api', 'worker']],
    ['db/migrations/0003_more.sql', ['api', 'worker']],
    ['domain/phone.test.ts', []],
    ['db/testing/test-database.ts', []],
    ['workflows/launch/histories/a.json', []],
    ['web/src/main.tsx', []],
    ['api/notes.txt', []],
  ])('%s concerns %j', (path, services) => {
    expect(affectedBy(path)).toEqual(services);
  });

  test('tells several quick changes once, with all that they concern', async () => {
    for (const name of [
      'api',
      'worker',
      'simulator',
      'activities',
      'config',
      'db',
      'domain',
      'providers',
      'workflows',
    ]) {
      await mkdir(join(folder, name, 'deep'), { recursive: true });
    }
    const told = vi.fn(() => Promise.resolve());
    const unwatch = watchSources(told, folder);
    await writeFile(join(folder, 'api', 'a.ts'), '1');
    await writeFile(join(folder, 'worker', 'b.ts'), '1');
    await writeFile(join(folder, 'api', 'deep', 'a.test.ts'), '1');
    await vi.waitFor(() => expect(told).toHaveBeenCalled(), { timeout: 5_000 });
    expect(told.mock.calls).toEqual([[['api', 'worker']]]);
    unwatch();
  });
});
