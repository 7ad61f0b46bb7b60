import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProcess, waitUntilReady } from '../launcher/managed-process.ts';
import type { ManagedProcess } from '../launcher/managed-process.ts';
import { freePort } from '../launcher/ports.ts';
import { temporalSpec } from '../launcher/temporal.ts';
import { readTemporalSettings } from './dev-server.ts';
import { findTemporalProblems, setUpTemporal } from './setup.ts';

let folder: string;
let server: ManagedProcess;
let connection: Connection;
const settings = readTemporalSettings();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadway-temporal-'));
  const ports = { TEMPORAL_PORT: await freePort(), TEMPORAL_UI_PORT: await freePort() };
  const spec = temporalSpec({ ports }, join(folder, 'temporal.db'));
  server = await startProcess({ ...spec, logFolder: folder, cwd: folder });
  await waitUntilReady(server);
  connection = await Connection.connect({ address: `127.0.0.1:${ports.TEMPORAL_PORT}` });
});
afterAll(async () => {
  await connection?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("the development server's own namespace lacks only the retention, which is lengthened once", async () => {
  expect(await findTemporalProblems(connection, settings)).toEqual([
    'finished workflows are kept for 1 day only',
  ]);
  expect(await setUpTemporal(connection, settings)).toEqual(['finished workflows are now kept for 30 days']);
  expect(await setUpTemporal(connection, settings)).toEqual([]);
  expect(await findTemporalProblems(connection, settings)).toEqual([]);
});

test('on a cluster that has nothing, namespace and search attributes are made', async () => {
  const elsewhere = { ...settings, namespace: 'leads-elsewhere' };
  expect(await findTemporalProblems(connection, elsewhere)).toEqual([
    'the namespace leads-elsewhere does not exist',
  ]);
  expect(await setUpTemporal(connection, elsewhere)).toEqual([
    'created the namespace leads-elsewhere, keeping finished workflows for 30 days',
    'registered the search attributes OrganizationId, CampaignId, LaunchId, LeadId, JourneyStatus, JourneyStep',
  ]);
  expect(await setUpTemporal(connection, elsewhere)).toEqual([]);
  expect(await findTemporalProblems(connection, elsewhere)).toEqual([]);
});

test('a longer retention is kept, a new attribute is added, one of another type is refused', async () => {
  const changed = {
    ...settings,
    retentionMs: 86_400_000,
    searchAttributes: { LeadId: 'Keyword', Channel: 'Keyword' },
  };
  expect(await setUpTemporal(connection, changed)).toEqual(['registered the search attributes Channel']);
  const contrary = { ...settings, searchAttributes: { LeadId: 'Int' } };
  await expect(setUpTemporal(connection, contrary)).rejects.toThrow(
    'the search attribute LeadId exists as Keyword, and Int is needed',
  );
  expect(await findTemporalProblems(connection, contrary)).toEqual([
    'the search attribute LeadId is Keyword, not Int',
  ]);
});
