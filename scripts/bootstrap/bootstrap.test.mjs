import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { downloadProgram } from './download.mjs';
import { withLock } from './lock.mjs';
import { packagesDifference, readPackagesDifference } from './packages.mjs';
import { run } from './run.mjs';
import { judgeVersion, temporalCli } from './temporal-cli.mjs';
import { temporalTestServer } from './temporal-test-server.mjs';
import { findTool, onPath, readTools, rememberTool, stillThere } from './tools.mjs';

/** @type {string} */
let folder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadway-bootstrap-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function program(name, text) {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
}

describe('packages', () => {
  const lock = {
    packages: {
      '': { name: 'leadway' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/a/node_modules/b': { version: '2.0.0', integrity: 'sha512-b' },
      'node_modules/c-darwin': { version: '3.0.0', integrity: 'sha512-c', optional: true },
    },
  };
  const installed = (change = {}) => {
    const packages = { ...lock.packages, ...change };
    delete packages[''];
    delete packages['node_modules/c-darwin'];
    return { packages };
  };

  test('are those of the lock file, without the ones for other platforms', () => {
    expect(packagesDifference(lock, installed())).toBeNull();
  });

  test.each([
    ['nothing installed', null, 'no packages are installed'],
    [
      'a version differs',
      installed({ 'node_modules/a': { version: '0.9.0' } }),
      'a is 0.9.0, the lock file says 1.0.0',
    ],
    [
      'a file differs',
      installed({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-other' } }),
      'a is not the file that the lock file names',
    ],
    ['one is missing', { packages: { 'node_modules/a': lock.packages['node_modules/a'] } }, 'b is missing'],
    [
      'one is too many',
      installed({ 'node_modules/left': { version: '1.0.0' } }),
      'left is not in the lock file',
    ],
  ])('are stale: %s', (_, have, reason) => {
    expect(packagesDifference(lock, have)).toBe(reason);
  });

  test('are stale when an interrupted install left half a list', async () => {
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
    await mkdir(join(folder, 'node_modules'));
    await writeFile(join(folder, 'node_modules', '.package-lock.json'), '{"packages": {');
    expect(readPackagesDifference(folder)).toBe('no packages are installed');
  });
});

describe('the Temporal command line', () => {
  test.each([
    ['temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)', { version: 'Server 1.29.1' }],
    ['temporal version 0.0.0-DEV (Server 1.30.0, UI 2.42.1)', { version: 'Server 1.30.0' }],
    ['temporal version 2.0.0 (Server 2.0.0, UI 3.0.0)', { version: 'Server 2.0.0' }],
    [
      'temporal version 1.3.0 (Server 1.27.1, UI 2.36.0)',
      { problem: 'is too old: it has Server 1.27.1, and 1.29 is needed' },
    ],
    ['tctl 1.0', { problem: 'does not name its server version' }],
  ])('is judged by its server: %s', (output, verdict) => {
    expect(judgeVersion(output)).toEqual(verdict);
  });

  const context = (env) => {
    const lines = [];
    return { root: folder, folder: join(folder, 'tools'), env, say: (line) => lines.push(line), lines };
  };

  test('an unusable configured path is an error, and no other place is tried', async () => {
    const good = await program(
      'bin/temporal',
      '#!/bin/sh\necho "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"\n',
    );
    const here = context({ PATH: dirname(good), TEMPORAL_CLI_PATH: join(folder, 'nowhere') });
    await expect(findTool(temporalCli, here)).rejects.toThrow(
      /configured: .*nowhere does not run[^]*TEMPORAL_CLI_PATH/,
    );
  });

  test('an old one on PATH is passed over for the one fetched before', async () => {
    const old = await program(
      'bin/temporal',
      '#!/bin/sh\necho "temporal version 1.1.0 (Server 1.25.0, UI 2.30.0)"\n',
    );
    const fetched = await program(
      'tools/temporal',
      '#!/bin/sh\necho "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"\n',
    );
    const here = context({ PATH: `${dirname(old)}:/usr/bin:/bin` });
    expect(await findTool(temporalCli, here)).toMatchObject({
      path: fetched,
      source: 'fetched before',
      version: 'Server 1.29.1',
    });
    expect(here.lines.join('\n')).toMatch(/PATH: .*too old.*1\.25\.0.*trying the next place/);
  });

  test('once found it is remembered until the file or the configuration changes', async () => {
    const path = await program(
      'bin/temporal',
      '#!/bin/sh\necho "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"\n',
    );
    const found = await findTool(temporalCli, context({ PATH: `${dirname(path)}:/bin` }));
    rememberTool(folder, 'temporalCli', found);
    const known = readTools(folder);
    expect(stillThere(known, 'temporalCli', undefined)).toEqual(found);
    expect(stillThere(known, 'temporalCli', path)).toEqual(found);
    expect(stillThere(known, 'temporalCli', '/another/temporal')).toBeNull();
    expect(stillThere(known, 'temporalTestServer', undefined)).toBeNull();
    expect(
      stillThere({ temporalCli: { ...found, source: 'configured' } }, 'temporalCli', undefined),
    ).toBeNull();
    await writeFile(path, '#!/bin/sh\necho replaced\n');
    expect(stillThere(known, 'temporalCli', undefined)).toBeNull();
    await rm(path);
    expect(stillThere(known, 'temporalCli', undefined)).toBeNull();
  });
});

describe('the time-skipping test server', () => {
  const context = (env) => ({ root: process.cwd(), folder: join(folder, 'tools'), env, say: () => {} });

  test('works when it takes connections on the port that it is told', async () => {
    const code = "require('net').createServer().listen(Number(process.argv[2]), '127.0.0.1')";
    const path = await program('server', `#!${process.execPath}\n${code}\n`);
    const found = await findTool(temporalTestServer, context({ TEMPORAL_TEST_SERVER_PATH: path }));
    expect(found).toMatchObject({ path, source: 'configured' });
  });

  test.each([
    ['ends at once', '#!/bin/sh\necho "no such option" >&2\nexit 2\n', /ends at once: no such option/],
    ['cannot be started', '#!/nowhere/interpreter\n', /ends at once: spawn .*ENOENT/],
  ])('is refused when it %s', async (_, text, reason) => {
    const path = await program('server', text);
    await expect(findTool(temporalTestServer, context({ TEMPORAL_TEST_SERVER_PATH: path }))).rejects.toThrow(
      reason,
    );
  });

  test('is refused when it is not an executable file', async () => {
    const here = context({ TEMPORAL_TEST_SERVER_PATH: folder });
    await expect(findTool(temporalTestServer, here)).rejects.toThrow(
      /is not an executable file[^]*install Java/,
    );
  });
});

test('a program is found on PATH only when it can be executed', async () => {
  const path = await program('second/tool', '#!/bin/sh\n');
  await mkdir(join(folder, 'first'));
  await writeFile(join(folder, 'first', 'tool'), 'not executable', { mode: 0o644 });
  expect(onPath('tool', { PATH: `${join(folder, 'first')}:${join(folder, 'second')}` })).toBe(path);
  expect(onPath('tool', { PATH: join(folder, 'first') })).toBeNull();
});

describe('the download', () => {
  const servers = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  async function origin(answer) {
    const server = createServer(answer).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${server.address().port}`;
  }

  test('asks for the archive of this platform and takes the program out', async () => {
    await program('made/temporal', '#!/bin/sh\necho hello\n');
    await run('tar', ['-czf', join(folder, 'archive.tar.gz'), '-C', join(folder, 'made'), 'temporal']);
    const asked = [];
    const address = await origin(async (request, response) => {
      asked.push(request.url);
      if (request.url === '/archive.tar.gz') response.end(await readFile(join(folder, 'archive.tar.gz')));
      else
        response.end(JSON.stringify({ archiveUrl: `${address}/archive.tar.gz`, fileToExtract: 'temporal' }));
    });
    const destination = join(folder, 'temporal');
    await downloadProgram({ artifact: 'cli', version: 'v1.5.1', destination, origin: address });
    expect((await run(destination, [])).output).toBe('hello\n');
    expect(asked[0]).toMatch(/^\/cli\/v1\.5\.1\?arch=(amd64|arm64)&platform=(linux|darwin|windows)/);
  });

  test.each([
    ['refuses', (_, response) => response.writeHead(403).end(), /answered 403/],
    [
      'sends no archive',
      (_, response) => response.end('{"archiveUrl":"http://127.0.0.1:9/x","fileToExtract":"a"}'),
      /cannot be reached/,
    ],
  ])('fails with a reason when the other side %s', async (_, answer, reason) => {
    const destination = join(folder, 'temporal');
    const download = downloadProgram({
      artifact: 'cli',
      version: 'v1',
      destination,
      origin: await origin(answer),
    });
    await expect(download).rejects.toThrow(reason);
  });
});

describe('the lock', () => {
  test('lets one at a time do the work', async () => {
    const file = join(folder, 'lock');
    let [inside, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside--;
    };
    await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)]);
    expect(most).toBe(1);
  });

  test('of a process that died is taken over, and a failure gives it back', async () => {
    const file = join(folder, 'lock');
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await writeFile(file, String(child.pid));
    await expect(withLock(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withLock(file, () => Promise.resolve('free'))).toBe('free');
  });
});

test('bootstrap does nothing, and says so, when all is in place', async () => {
  const result = await run(process.execPath, ['scripts/bootstrap.mjs', '--packages']);
  expect(result).toMatchObject({ ok: true, output: expect.stringMatching(/all is in place \(\d+ ms\)/) });
  expect(await run(process.execPath, ['scripts/bootstrap.mjs', '--fast'])).toMatchObject({ ok: false });
});
