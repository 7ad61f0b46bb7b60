import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { callbackTouchKey } from '#domain/callback.ts';
import { hourMs } from '#domain/duration.ts';
import { sampleJourney } from '#domain/journey/sample-journey.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import { importWorkflowId, launchWorkflowId } from '#domain/workflow-ids.ts';
import type { ImportOptions } from '#files/options.ts';
import { changeCallback, insertCallback } from '#db/queries/callbacks.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import {
  mintCampaign,
  mintJourney,
  mintLaunch,
  mintLead,
  mintOrganization,
  zoneWhereItIsNoon,
} from '#db/testing/factories.ts';
import { callbackChangedSignal, callbackStart, callbackWorkflow } from '../callback/messages.ts';
import { importLeadsWorkflow } from '../import-leads/messages.ts';
import { launchWorkflow } from '../launch/messages.ts';
import * as messages from '../lead-journey/messages.ts';
import { createWorkflowRig } from './rig.ts';
import type { WorkflowRig } from './rig.ts';

const listening: JourneyDefinition = {
  start: 'hear',
  steps: [
    { id: 'hear', kind: 'wait_for_reply', timeout: '1d', onReply: 'look', onTimeout: 'end' },
    {
      id: 'look',
      kind: 'branch',
      cases: [{ when: { fact: 'lead', field: 'status', is: 'equals', value: 'won' }, next: 'end' }],
      otherwise: 'note',
    },
    { id: 'note', kind: 'set_stage', stage: 'Contacted', next: 'hear' },
    { id: 'end', kind: 'end' },
  ],
};

/** Plays what journeys go through in real life, and keeps the histories for later versions to be replayed against. */
export async function recordHistories(): Promise<void> {
  const rig = await createWorkflowRig();
  try {
    await recordSampleWithReply(rig);
    await recordSampleWithCalls(rig);
    await recordPause(rig);
    await recordLaunch(rig);
    await recordCallback(rig);
    await recordImport(rig);
  } finally {
    await rig.close();
  }
  const shortRig = await createWorkflowRig(undefined, { shortHistories: 30 });
  try {
    await recordContinued(shortRig);
  } finally {
    await shortRig.close();
  }
}

/** A text, a reply, a branch, a disposition, an end. */
async function recordSampleWithReply(rig: WorkflowRig) {
  const journey = await begin(rig, sampleJourney);
  await journey.until('reply');
  await journey.handle.signal(messages.inboundSmsSignal, { messageId: 'm1', intent: 'yes' });
  await journey.handle.result();
  await keep(rig, 'lead-journey', 'reply-and-disposition', journey.workflowId);
}

/** Nobody answers the text; a call that is busy, one whose callback is lost, one that reaches voicemail; then silence. */
async function recordSampleWithCalls(rig: WorkflowRig) {
  const journey = await begin(rig, sampleJourney);
  await journey.until('reply');
  await journey.passUntil('call');
  await journey.handle.signal(messages.callStatusSignal, { touchKey: 'call:3:1', outcome: 'busy' });
  await journey.until('retry');
  await journey.passUntil('call');
  Object.assign(rig.ledger.calls.at(-1)!, { status: 'no-answer' });
  await journey.passUntil('retry');
  // It is evening then, so the third attempt may have to wait for the morning as well.
  await journey.passUntil('call');
  await journey.handle.signal(messages.callStatusSignal, { touchKey: 'call:3:3', outcome: 'voicemail' });
  await journey.until('reply');
  await journey.passUntil(null);
  await journey.handle.result();
  await keep(rig, 'lead-journey', 'calls-voicemail-silence', journey.workflowId);
}

/** Paused, rescheduled, resumed, given a disposition by a person, skipped on, removed. */
async function recordPause(rig: WorkflowRig) {
  const journey = await begin(rig, sampleJourney);
  await journey.until('reply');
  await journey.handle.signal(messages.pauseSignal);
  await rig.skip(hourMs);
  await journey.handle.signal(messages.resumeSignal);
  const untilMs = (await rig.clock.now()).getTime() + 2 * hourMs;
  await journey.handle.signal(messages.rescheduleSignal, { untilMs });
  await journey.handle.executeUpdate(messages.applyDispositionUpdate, {
    args: [
      {
        disposition: 'interested',
        setBy: 'manual',
        userId: null,
        confidence: null,
        applicationKey: 'a person',
      },
    ],
  });
  await journey.handle.executeUpdate(messages.skipStepUpdate);
  await journey.until('call');
  await journey.handle.signal(messages.removeSignal, { reason: 'asked to' });
  await journey.handle.result();
  await keep(rig, 'lead-journey', 'paused-skipped-removed', journey.workflowId);
}

async function recordLaunch(rig: WorkflowRig) {
  const { organizationId } = await mintOrganization(rig.database);
  const campaign = await mintCampaign(rig.database, organizationId, { definition: listening });
  const { leadId } = await mintLead(rig.database, organizationId);
  const launchId = await mintLaunch(rig.database, organizationId, campaign, [leadId]);
  const workflowId = launchWorkflowId({ organizationId, launchId });
  const args = [{ organizationId, launchId }];
  await rig.temporal.workflow.execute(launchWorkflow, { workflowId, taskQueue: 'test', args });
  await keep(rig, 'launch', 'one-member', workflowId);
}

/** A file of one lead. */
async function recordImport(rig: WorkflowRig) {
  const { organizationId } = await mintOrganization(rig.database);
  const options = {
    format: 'csv',
    encoding: 'utf-8',
    delimiter: ',',
    header: true,
    sheet: null,
    defaultCountry: 'US',
    source: null,
    columns: [{ index: 0, name: 'phone', target: 'phone' }],
    guessed: { encoding: 'utf-8', delimiter: ',', header: true },
  } satisfies ImportOptions;
  const [file] = await rig.asOwner<{ import_id: string }>(
    `with made as (
       insert into imports (organization_id, file_name, status, options) values ($1, 'one.csv', 'importing', $2)
       returning organization_id, id)
     insert into import_files (organization_id, import_id, position, bytes)
     select organization_id, id, 0, convert_to(E'phone\\n504-621-8927\\n', 'UTF8') from made returning import_id`,
    [organizationId, options],
  );
  const input = { organizationId, importId: file!.import_id };
  const workflowId = importWorkflowId(input);
  await rig.temporal.workflow.execute(importLeadsWorkflow, { workflowId, taskQueue: 'test', args: [input] });
  await keep(rig, 'import-leads', 'one-file', workflowId);
}

/** A promise that is put off to the morning, busy at first, moved by a person, and kept. */
async function recordCallback(rig: WorkflowRig) {
  const { organizationId } = await mintOrganization(rig.database);
  const startedAtMs = (await rig.clock.now()).getTime();
  const { leadId } = await mintLead(rig.database, organizationId, {
    timeZones: [zoneWhereItIsNoon(new Date(startedAtMs))],
  });
  const change = <T>(work: Parameters<typeof withOrganization<T>>[2]) =>
    withOrganization(rig.database, systemScope(organizationId), work);
  const at = (ms: number) => new Date(startedAtMs + ms);
  const words = { journeyId: null, campaignId: null, say: null, note: null, source: 'api', userId: null };
  const dueAt = sql`${at(10 * hourMs).toISOString()}::timestamptz`;
  const made = await change((tx) => insertCallback(tx, { ...words, leadId, dueAt, requestKey: null }));
  const callbackId = made!.id;
  const start = callbackStart({ organizationId, callbackId, leadId, campaignId: null }, 'test');
  const handle = await rig.temporal.workflow.start(callbackWorkflow, start);
  const calls = async (placed: number) => {
    while (rig.ledger.calls.length < placed) await sleep(50);
  };
  const ends = (attempt: number, outcome: 'busy' | 'answered') =>
    handle.signal(messages.callStatusSignal, { touchKey: callbackTouchKey(callbackId, attempt), outcome });
  const before = rig.ledger.calls.length;
  await sleep(500);
  await rig.skip(21 * hourMs);
  await calls(before + 1);
  await ends(1, 'busy');
  await sleep(500);
  await change((tx) => changeCallback(tx, callbackId, { dueAt: at(24 * hourMs) }));
  await handle.signal(callbackChangedSignal);
  await sleep(500);
  await rig.skip(3 * hourMs);
  await calls(before + 2);
  await ends(2, 'answered');
  await handle.result();
  await keep(rig, 'callback', 'put-off-busy-moved-kept', start.workflowId);
}

/** A run that was carried over from another one. */
async function recordContinued(rig: WorkflowRig) {
  const journey = await begin(rig, listening);
  await journey.until('reply');
  const first = (await journey.handle.describe()).runId;
  for (let reply = 1; (await journey.handle.describe()).runId === first; reply += 1) {
    await journey.handle.signal(messages.inboundSmsSignal, { messageId: `m${reply}`, intent: 'other' });
    await sleep(100);
  }
  await journey.handle.signal(messages.optOutSignal);
  await journey.handle.result();
  await keep(rig, 'lead-journey', 'continued-as-new', journey.workflowId, first);
  await keep(rig, 'lead-journey', 'carried-over', journey.workflowId);
}

async function begin(rig: WorkflowRig, definition: JourneyDefinition) {
  const { organizationId } = await mintOrganization(rig.database);
  const campaign = await mintCampaign(rig.database, organizationId, { definition });
  const timeZones = [zoneWhereItIsNoon(await rig.clock.now())];
  const { leadId } = await mintLead(rig.database, organizationId, { timeZones });
  const minted = await mintJourney(rig.database, organizationId, campaign, leadId);
  const { journeyId, launchId, workflowId } = minted;
  const input = { organizationId, journeyId, leadId, launchId, campaignId: campaign.campaignId };
  await rig.temporal.workflow.start(messages.leadJourneyWorkflow, {
    workflowId,
    taskQueue: 'test',
    args: [input],
  });
  type Rest = { kind: string | null; until: Date | null };
  const rest = async () =>
    (
      await rig.asOwner<Rest>(
        'select waiting_for as kind, waiting_until as until from journeys where id = $1',
        [journeyId],
      )
    )[0]!;
  /** Lets the journey come to that kind of rest, if it needs time for it by letting it pass. */
  async function reach(kind: string | null, letTimePass: boolean) {
    for (let look = 0; look < 200; look += 1) {
      const { kind: present, until } = await rest();
      if (present === kind) return;
      if (letTimePass && until) await rig.skip(until.getTime() - (await rig.clock.now()).getTime() + 1_000);
      await sleep(100);
    }
    throw new Error(`The journey does not come to wait for ${kind ?? 'nothing'}`);
  }
  return {
    workflowId,
    handle: rig.temporal.workflow.getHandle(workflowId),
    until: (kind: string) => reach(kind, false),
    passUntil: (kind: string | null) => reach(kind, true),
  };
}

async function keep(rig: WorkflowRig, workflow: string, name: string, workflowId: string, runId?: string) {
  const history = await rig.replay(workflowId, runId);
  const folder = new URL(`../${workflow}/histories/`, import.meta.url);
  await mkdir(folder, { recursive: true });
  // Which process of which machine it was is nobody's business.
  const anonymous = (key: string, value: unknown) => (key === 'identity' ? 'worker' : value);
  const text = JSON.stringify(JSON.parse(historyToJSON(history)), anonymous, 1);
  await writeFile(fileURLToPath(new URL(`${name}.json`, folder)), `${text}\n`);
}
