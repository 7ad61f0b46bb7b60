import { activityInfo, heartbeat } from '@temporalio/activity';
import { endImport, readImport } from '#db/queries/imports.ts';
import type { ImportFailure } from '#db/queries/imports.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { ImportOptions } from '#files/options.ts';
import { FileRefusal } from '#files/refusal.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { importFile } from './imports/import-file.ts';
import type { ImportToRun } from './imports/import-file.ts';

const heartbeatEveryMs = 2_000;
/** Each takes a good part of a processor and of the database, which touches need too. */
const importsAtOnce = 2;
/** Attempts after which a fault of the data, such as a value that the database refuses, is taken for lasting. */
const attemptsAtBrokenData = 3;

/**
 * Imports a file that was begun, or goes on where an interrupted attempt was; one that has ended is left as it is. A file
 * that cannot be read ends it as failed, which is no fault of ours and is not retried.
 */
export function importLeads({
  database,
  importCounter,
}: Pick<ActivityDependencies, 'database' | 'importCounter'>) {
  const turns = createTurns(importsAtOnce);
  return async (input: ImportToRun): Promise<{ status: string }> => {
    const beat = setInterval(() => heartbeat(), heartbeatEveryMs);
    const { attempt } = activityInfo();
    try {
      const { status, already } = await turns(() => runImport({ database }, input, attempt));
      if (already) return { status };
      const ended = await readImport(database, systemScope(input.organizationId), input.importId);
      for (const result of ['created', 'updated', 'rejected'] as const) {
        importCounter.inc({ result }, ended?.[result] ?? 0);
      }
      return { status };
    } finally {
      clearInterval(beat);
    }
  };
}

/** The same outside Temporal. */
export async function runImport(
  { database }: Pick<ActivityDependencies, 'database'>,
  input: ImportToRun,
  attempt = 1,
): Promise<{ status: string; already?: true }> {
  const scope = systemScope(input.organizationId);
  const found = await readImport<ImportOptions>(database, scope, input.importId);
  if (found?.status !== 'importing') return { status: found?.status ?? 'deleted', already: true };
  try {
    await importFile(database, input, found.options);
    return { status: 'done' };
  } catch (error) {
    const failure = failureOf(error, attempt);
    if (failure === null) throw error;
    await withOrganization(database, scope, (tx) => endImport(tx, input.importId, failure));
    return { status: 'failed' };
  }
}

/** Lets so many work at once; the others wait for their turn, in their order. */
function createTurns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

function failureOf(error: unknown, attempt: number): ImportFailure | null {
  if (error instanceof FileRefusal) {
    const { code, message, line } = error;
    return line === null ? { code, message } : { code, message, line };
  }
  // SQLSTATE class 22: data exception, 23: integrity constraint violation.
  const state =
    (error as { code?: unknown; cause?: { code?: unknown } } | null)?.cause?.code ??
    (error as { code?: unknown } | null)?.code;
  if (typeof state !== 'string' || !/^2[23]/.test(state) || attempt < attemptsAtBrokenData) return null;
  return {
    code: 'NOT_STORABLE',
    message: 'A row of the file could not be stored. The rows before it were; import the rest again.',
  };
}
