import { runImport } from '#activities/import-leads.ts';
import { openDatabase } from '#db/database.ts';

/*
 * A process that imports one file and tells how long that took and how much memory it had at its most: to be measured apart
 * from everything else.
 */

const { DATABASE_URL: url, ORGANIZATION_ID: organizationId, IMPORT_ID: importId } = process.env;
const database = openDatabase({ url: url! });
const startedAt = performance.now();
let worstTurnMs = 0;
let lastTurnAt = performance.now();
const turns = setInterval(() => {
  const now = performance.now();
  worstTurnMs = Math.max(worstTurnMs, now - lastTurnAt - 10);
  lastTurnAt = now;
}, 10);
const { status } = await runImport({ database }, { organizationId: organizationId!, importId: importId! });
const seconds = (performance.now() - startedAt) / 1_000;
clearInterval(turns);
await database.close();
const { maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ status, seconds, peakMegabytes: maxRSS / 1024, worstTurnMs }));
