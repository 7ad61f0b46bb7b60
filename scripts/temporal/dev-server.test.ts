import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localServerArguments, readTemporalSettings } from './dev-server.ts';

const settings = readTemporalSettings();

test('temporal-dev.yml gives our namespace, thirty days and the search attributes of a journey', () => {
  expect(settings.namespace).toBe('leadway');
  expect(settings.retentionMs).toBe(30 * 24 * 60 * 60 * 1000);
  expect(settings.searchAttributes).toEqual({
    OrganizationId: 'Keyword',
    CampaignId: 'Keyword',
    LaunchId: 'Keyword',
    LeadId: 'Keyword',
    JourneyStatus: 'Keyword',
    JourneyStep: 'Keyword',
  });
});

test('the server is tuned for quick steps, and fair between organisations', () => {
  const dynamic = settings.serverArguments.filter(
    (_, index, all) => all[index - 1] === '--dynamic-config-value',
  );
  expect(dynamic).toEqual([
    'history.transferProcessorMaxPollRPS=2000',
    'history.timerProcessorMaxPollRPS=2000',
    'history.timerProcessorMaxTimeShift="50ms"',
    'matching.useNewMatcher=true',
    'matching.enableFairness=true',
    'matching.numTaskqueueReadPartitions=1',
    'matching.numTaskqueueWritePartitions=1',
  ]);
  expect(settings.serverArguments.join(' ')).toContain(
    '--sqlite-pragma journal_mode=WAL --sqlite-pragma synchronous=NORMAL',
  );
});

test('a local program gets the same flags, on this machine only, with its own ports and file', () => {
  const local = localServerArguments(settings, { port: 1, uiPort: 2, databaseFile: '/data/t.db' });
  expect(local.slice(-4)).toEqual(['--port', '1', '--ui-port', '2']);
  const changed = local
    .slice(0, -4)
    .filter((argument, index) => argument !== settings.serverArguments[index]);
  expect(changed).toEqual(['127.0.0.1', '/data/t.db']);
});

describe('a file that lacks something is refused by name', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadway-temporal-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test.each([
    ['services: {}', /the service temporal has no command list/],
    ['services: {temporal: {command: [server]}}', /--namespace is missing/],
    [
      'services: {temporal: {command: [--namespace, x]}, temporal-setup: {command: [--retention, 3h]}}',
      /the retention must be in days, like 30d, not 3h/,
    ],
  ])('%s', async (text, message) => {
    const file = join(folder, 'dev.yml');
    await writeFile(file, text);
    expect(() => readTemporalSettings(file)).toThrow(message);
  });
});
