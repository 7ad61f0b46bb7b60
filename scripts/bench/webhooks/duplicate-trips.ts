import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { createRecordingTemporal } from '#api/testing/recording-temporal.ts';
import { createTestApi, publicUrl, testEnvironment } from '#api/testing/test-api.ts';
import type { Database } from '#db/database.ts';
import { organizationOfNumber } from '#db/queries/identity.ts';
import { rowsOf } from '#db/queries/rows.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { deliver, sign, statusForm, statusPath } from '#scripts/chaos/attacks/storm/deliveries.ts';
import type { TouchedOrganization } from '#scripts/chaos/attacks/storm/touches.ts';
import { openBenchDatabase } from '../database.ts';
import type { BenchHome } from '../home.ts';
import { watchRoundTrips } from '../journey/round-trips.ts';
import { reply } from './script.ts';

const copies = 20;

/** Round trips to Postgres that a webhook costs that has come before: the dearest of its three kinds. */
export async function tripsOfDuplicate(
  home: BenchHome,
  url: string,
  { texts, calls }: TouchedOrganization,
): Promise<{ own: number; selectThenInsert: number }> {
  const database = await openBenchDatabase(home, url);
  const trips = watchRoundTrips(database.pool);
  const temporal = createRecordingTemporal().client;
  const api = createTestApi({ database, temporal });
  const signer = { authToken: testEnvironment.TWILIO_AUTH_TOKEN, publicUrl };
  const deliveries = [
    reply(signer, texts[1]!),
    ...[texts[1]!, calls[1]!].map((touch) => sign(signer, statusPath(touch), statusForm(touch, 'queued'))),
  ];
  let own = 0;
  for (const delivery of deliveries) {
    await deliver(api, delivery);
    await api.inbox.drain();
    const before = trips().trips;
    for (let copy = 0; copy < copies; copy += 1) {
      const status = await deliver(api, delivery);
      if (status > 299) throw new Error(`A duplicate was answered with ${status}`);
    }
    own = Math.max(own, (trips().trips - before) / copies);
  }
  await api.stop();
  const dedupeKey = randomUUID();
  await selectThenInsert(database, texts[1]!.ourNumber, dedupeKey);
  const before = trips().trips;
  await selectThenInsert(database, texts[1]!.ourNumber, dedupeKey);
  return { own, selectThenInsert: trips().trips - before };
}

/** The plain way: whose number is it, has it come before, if not then store it. */
async function selectThenInsert(database: Database, ourNumber: string, dedupeKey: string): Promise<void> {
  const organizationId = await organizationOfNumber(database, ourNumber);
  if (organizationId === null) throw new Error('The number is nobody’s');
  await withOrganization(database, systemScope(organizationId), async (tx) => {
    const found = await rowsOf(
      tx,
      sql`select id from webhook_inbox where kind = 'sms' and dedupe_key = ${dedupeKey}`,
    );
    if (found.length > 0) return;
    await tx.execute(sql`
      insert into webhook_inbox (organization_id, kind, dedupe_key, payload)
      values (${organizationId}::uuid, 'sms', ${dedupeKey}, '{}'::jsonb)`);
  });
}
