import { afterAll, beforeAll, expect, test } from 'vitest';
import { hourMs } from '#domain/duration.ts';
import { zoneWhereItIsNoon } from '#db/testing/factories.ts';
import { beginJourney, textAndListen } from '../testing/begin-journey.ts';
import { createWorkflowRig } from '../testing/rig.ts';
import type { WorkflowRig } from '../testing/rig.ts';
import { removeSignal, wakeSignal } from './messages.ts';

let rig: WorkflowRig;
beforeAll(async () => {
  rig = await createWorkflowRig();
});
afterAll(() => rig.close());

test('the gate holds a paused campaign, and the journey goes on when woken', async () => {
  const paused = (value: string, campaignId: string) =>
    rig.asOwner(`update campaigns set paused_at = ${value} where id = $1`, [campaignId]);
  const { handle, until, campaignId } = await beginJourney(rig, {
    definition: textAndListen,
    before: (campaign) => paused('now()', campaign.campaignId),
  });
  await until({ waiting_for: 'hold', waiting_code: 'CAMPAIGN_PAUSED' });
  await paused('null', campaignId);
  await handle.signal(wakeSignal);
  await until({ step_id: 'listen', waiting_for: 'reply' });
  await handle.signal(removeSignal, { reason: 'test over' });
});

test('the gate defers to the morning where the lead is, and the text goes out then', async () => {
  // A zone where it is about midnight: noon there is twelve hours off.
  const night = zoneWhereItIsNoon(new Date((await rig.clock.now()).getTime() + 12 * hourMs));
  const { handle, until, texts } = await beginJourney(rig, { definition: textAndListen, timeZones: [night] });
  await until({ waiting_for: 'defer', waiting_code: 'QUIET_HOURS' });
  expect(texts()).toEqual([]);
  await rig.skip(10 * hourMs);
  await until({ waiting_for: 'reply' });
  const hour = Number(
    new Intl.DateTimeFormat('en', { timeZone: night, hour: 'numeric', hourCycle: 'h23' }).format(
      texts()[0]!.createdAt,
    ),
  );
  expect(hour).toBe(8);
  await handle.signal(removeSignal, { reason: 'test over' });
});
