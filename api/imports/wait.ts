import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#db/database.ts';
import { readImport } from '#db/queries/imports.ts';
import type { ImportRow } from '#db/queries/imports.ts';
import type { TenantScope } from '#db/tenant.ts';
import type { ImportOptions } from '#files/options.ts';

const firstLookMs = 40;
const mostMs = 500;

/** The import when it has ended, or as it is when that takes too long. */
export async function waitForImport(
  database: Database,
  scope: TenantScope,
  id: string,
  patienceMs: number,
): Promise<ImportRow<ImportOptions> | null> {
  const until = performance.now() + patienceMs;
  for (let pauseMs = firstLookMs; ; pauseMs = Math.min(mostMs, pauseMs * 1.5)) {
    const found = await readImport<ImportOptions>(database, scope, id);
    if (found?.status !== 'importing' || performance.now() >= until) return found;
    await sleep(pauseMs);
  }
}
