import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import type { TemporalSettings } from './dev-server.ts';

type Wanted = Pick<TemporalSettings, 'namespace' | 'searchAttributes' | 'retentionMs'>;

/** What a cluster lacks, as sentences; empty when journeys can run on it. */
export async function findTemporalProblems(connection: Connection, wanted: Wanted): Promise<string[]> {
  const retentionMs = await readRetention(connection, wanted.namespace);
  if (retentionMs === null) return [`the namespace ${wanted.namespace} does not exist`];
  const registered = await readSearchAttributes(connection, wanted.namespace);
  const problems =
    retentionMs < wanted.retentionMs ? [`finished workflows are kept for ${daysOf(retentionMs)} only`] : [];
  for (const [name, type] of Object.entries(wanted.searchAttributes)) {
    const found = registered[name];
    if (found === undefined) problems.push(`the search attribute ${name} is not registered`);
    else if (found !== type) problems.push(`the search attribute ${name} is ${found}, not ${type}`);
  }
  return problems;
}

/**
 * Registers the namespace and the search attributes where they are missing, and lengthens the retention where it is
 * shorter; never takes anything away. Running it again changes nothing.
 * @returns one line for each change
 * @throws Error when a search attribute exists with another type, or the cluster does not allow a change.
 */
export async function setUpTemporal(connection: Connection, wanted: Wanted): Promise<string[]> {
  const changes: string[] = [];
  const { namespace } = wanted;
  const retention = msToTs(wanted.retentionMs);
  const retentionMs = await readRetention(connection, namespace);
  if (retentionMs === null) {
    await connection.workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention })
      .catch((error: unknown) => refuse(`create the namespace ${namespace}`, error));
    changes.push(
      `created the namespace ${namespace}, keeping finished workflows for ${daysOf(wanted.retentionMs)}`,
    );
  } else if (retentionMs < wanted.retentionMs) {
    await connection.workflowService
      .updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: retention } })
      .catch((error: unknown) => refuse(`change the retention of ${namespace}`, error));
    changes.push(`finished workflows are now kept for ${daysOf(wanted.retentionMs)}`);
  }
  changes.push(...(await addSearchAttributes(connection, wanted)));
  return changes;
}

async function addSearchAttributes(connection: Connection, { namespace, searchAttributes }: Wanted) {
  // A new namespace is known to all of the cluster's services only some seconds later.
  const registered = await patiently(() => readSearchAttributes(connection, namespace));
  const missing: Record<string, number> = {};
  for (const [name, type] of Object.entries(searchAttributes)) {
    const found = registered[name];
    if (found === undefined)
      missing[name] = typeNumbers[type] ?? fail(`${type} is no type of a search attribute`);
    else if (found !== type) fail(`the search attribute ${name} exists as ${found}, and ${type} is needed`);
  }
  const names = Object.keys(missing);
  if (names.length === 0) return [];
  await patiently(() =>
    connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing }),
  ).catch((error: unknown) => refuse(`register the search attributes ${names.join(', ')}`, error));
  return [`registered the search attributes ${names.join(', ')}`];
}

/** The numbers of `temporal.api.enums.v1.IndexedValueType`. */
const typeNumbers: Record<string, number> = {
  Text: 1,
  Keyword: 2,
  Int: 3,
  Double: 4,
  Bool: 5,
  Datetime: 6,
  KeywordList: 7,
};
const typeNames = Object.fromEntries(Object.entries(typeNumbers).map(([name, number]) => [number, name]));

async function readRetention(connection: Connection, namespace: string): Promise<number | null> {
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    return tsToMs(config?.workflowExecutionRetentionTtl ?? undefined);
  } catch (error) {
    if (codeOf(error) === grpcNotFound) return null;
    throw error;
  }
}

async function readSearchAttributes(
  connection: Connection,
  namespace: string,
): Promise<Record<string, string>> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const pairs = Object.entries(customAttributes ?? {});
  return Object.fromEntries(pairs.map(([name, type]) => [name, typeNames[type] ?? String(type)]));
}

const grpcNotFound = 5;
const patienceMs = 20_000;

const codeOf = (error: unknown) => (error as { code?: number }).code;

/** Tries again while the cluster says that it does not know the namespace. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(250)) {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) !== grpcNotFound || Date.now() > deadline) throw error;
    }
  }
}

function daysOf(ms: number): string {
  const days = Math.round(ms / 86_400_000);
  return days === 1 ? '1 day' : `${days} days`;
}

function fail(message: string): never {
  throw new Error(message);
}

/** A managed cluster has its own way to do this; say what is to be done there. */
function refuse(what: string, error: unknown): never {
  const { details, message } = error as Error & { details?: string };
  throw new Error(`this Temporal does not let us ${what} (${details ?? message}): do it with its own tools`, {
    cause: error,
  });
}
