import { afterAll, beforeAll, expect, test } from 'vitest';
import { decide } from '#domain/compliance/gate.ts';
import { readFacts } from '#db/queries/gate-facts.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import { mintCampaign, mintJourney, mintLead, mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { changeSending } from './change-sending.ts';
import type { SendingCommand } from './options.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

async function someone() {
  const { organizationId } = await mintOrganization(db.database);
  const campaign = await mintCampaign(db.database, organizationId);
  const { leadId } = await mintLead(db.database, organizationId);
  const { journeyId } = await mintJourney(db.database, organizationId, campaign, leadId);
  const ask = () =>
    withOrganization(db.database, systemScope(organizationId), async (tx) => {
      const subject = { journeyId, stepId: 'text' };
      const context = await readFacts(tx, { subject, touchKey: 'text:1', channel: 'sms' });
      return decide({ ...context!.gate, channel: 'sms', urgent: false, expiresAt: null });
    });
  return { organizationId, ask };
}

test('everybody’s sending is stopped and freed by one command, on record with each', async () => {
  const everybody = [await someone(), await someone()];
  const ids = everybody.map(({ organizationId }) => organizationId).toSorted();
  const woken: string[][] = [];
  const run = async (command: SendingCommand) => {
    const said: string[] = [];
    const wake = async (organizations: string[]) => void woken.push(organizations);
    await changeSending(db.database, command, wake, (line) => said.push(line));
    return said;
  };
  expect(await run({ do: 'status' })).toEqual(['Sending is free.']);
  const stopped = await run({ do: 'stop' });
  expect(stopped).toEqual([expect.stringMatching(/^All sending is stopped since 2/)]);
  for (const { ask } of everybody)
    expect(await ask()).toMatchObject({ decision: 'hold', code: 'SENDING_STOPPED' });
  expect(await run({ do: 'stop' })).toEqual(['It was so already.', ...stopped]);
  expect(woken).toEqual([]);

  expect((await run({ do: 'resume', policy: 'shift' })).at(-1)).toBe('Sending is free.');
  for (const { ask } of everybody) expect(await ask()).not.toMatchObject({ decision: 'hold' });
  // Again: what failed the first time may be made up for.
  await run({ do: 'resume', policy: 'keep' });
  expect(woken).toEqual([ids, ids]);
  expect(await db.asOwner('select policy, ended_at >= began_at as ended from platform.stops')).toEqual([
    { policy: 'shift', ended: true },
  ]);
  const log = await db.asOwner('select action from audit_log order by organization_id, created_at');
  expect(log.map(({ action }) => action as string)).toEqual(
    ids.flatMap(() => ['installation.stop', 'installation.resume']),
  );
});

test('without Temporal the row works all the same, and the command says so', async () => {
  const { ask } = await someone();
  const said: string[] = [];
  const away = () => Promise.reject(new Error('connection refused'));
  await changeSending(db.database, { do: 'stop' }, away, (line) => said.push(line));
  await changeSending(db.database, { do: 'resume', policy: 'keep' }, away, (line) => said.push(line));
  expect(said.join(' ')).toMatch(/connection refused.*within six hours.*Sending is free/);
  expect(await ask()).not.toMatchObject({ decision: 'hold' });
});
