import type { Database } from '#db/database.ts';
import { readResolvedReview } from '#db/queries/consent-reviews.ts';
import { readOptOut } from '#db/queries/consents.ts';
import { workflowToRemove } from '#db/queries/lead-removal.ts';
import { runningWorkflowsOfNumber, workflowsHeldByReview } from '#db/queries/lanes.ts';
import { applyCallStatus, applyMessageStatus } from '#db/queries/statuses.ts';
import { claimInboxRow, markProcessed, markProcessedWith } from '#db/queries/webhook-inbox.ts';
import type { InboxKind, InboxRow } from '#db/queries/webhook-inbox.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import {
  callStatusSignal,
  inboundSmsSignal,
  optOutSignal,
  removeSignal,
  wakeSignal,
} from '#workflows/lead-journey/messages.ts';
import type { Workflows } from '../workflows.ts';
import { readCallStatus, readMessageStatus } from './carrier-forms.ts';
import { receiveText } from './receive-text.ts';

/** Something to tell workflows once the change is committed: they must find the rows that it is about. */
type Tell = (workflows: Workflows) => Promise<unknown>;

/**
 * Works on one row of the inbox: changes the rows in one transaction, then signals. Either may be repeated after a crash;
 * rows are written under keys, and journeys ignore what they have heard. Marks the row as processed. Null when it is done or somebody else is at it.
 */
export async function processDelivery(
  deps: { database: Database; workflows: Workflows },
  organizationId: string,
  id: string,
): Promise<InboxKind | null> {
  const { database, workflows } = deps;
  const claimed = await withOrganization(database, systemScope(organizationId), async (tx) => {
    const row = await claimInboxRow(tx, id);
    if (row === null) return null;
    const tell = await apply(tx, organizationId, row);
    // With nobody to tell it is done when this is committed: most statuses are, and need no second transaction.
    if (tell.length === 0) await markProcessedWith(tx, id);
    return { kind: row.kind, tell };
  });
  if (claimed === null) return null;
  const { kind, tell } = claimed;
  if (tell.length > 0) {
    await Promise.all(tell.map((one) => one(workflows)));
    await markProcessed(database, organizationId, id);
  }
  return kind;
}

async function apply(tx: TenantTransaction, organizationId: string, row: InboxRow): Promise<Tell[]> {
  switch (row.kind) {
    case 'sms':
      return applyText(tx, organizationId, row);
    case 'sms-status':
      return applyTextStatus(tx, row);
    case 'voice-status':
      return applyVoiceStatus(tx, row);
    case 'opt-out':
      return applyOptOut(tx, row);
    case 'review':
      return applyReview(tx, row);
    case 'removal':
      return applyRemoval(tx, row);
  }
}

async function applyText(tx: TenantTransaction, organizationId: string, row: InboxRow): Promise<Tell[]> {
  const { messageId, intent, workflowIds, isAnswered } = await receiveText(tx, organizationId, row);
  const tell =
    intent === 'stop'
      ? endByOptOut(workflowIds)
      : workflowIds.map(
          (workflowId): Tell =>
            (workflows) =>
              workflows.signal(workflowId, inboundSmsSignal, { messageId, intent }),
        );
  if (isAnswered) tell.push((workflows) => workflows.startNotice({ organizationId, messageId }));
  return tell;
}

function endByOptOut(workflowIds: string[]): Tell[] {
  return workflowIds.map((workflowId) => (workflows) => workflows.signal(workflowId, optOutSignal));
}

async function applyOptOut(tx: TenantTransaction, row: InboxRow): Promise<Tell[]> {
  const optOut = await readOptOut(tx, row.payload.consentId ?? '');
  return optOut ? endByOptOut(await runningWorkflowsOfNumber(tx, optOut.phone, optOut.campaignId)) : [];
}

async function applyReview(tx: TenantTransaction, row: InboxRow): Promise<Tell[]> {
  const review = await readResolvedReview(tx, row.payload.reviewId ?? '');
  if (!review) return [];
  const { phone, resolution, campaignId } = review;
  const ended = resolution === 'opt_out' ? await runningWorkflowsOfNumber(tx, phone, campaignId) : [];
  const held = (await workflowsHeldByReview(tx, phone)).filter((workflowId) => !ended.includes(workflowId));
  return [
    ...endByOptOut(ended),
    ...held.map(
      (workflowId): Tell =>
        (workflows) =>
          workflows.signal(workflowId, wakeSignal),
    ),
  ];
}

async function applyRemoval(tx: TenantTransaction, row: InboxRow): Promise<Tell[]> {
  const { journeyId = '', reason = '' } = row.payload;
  const workflowId = await workflowToRemove(tx, journeyId);
  return workflowId === null ? [] : [(workflows) => workflows.signal(workflowId, removeSignal, { reason })];
}

async function applyTextStatus(tx: TenantTransaction, row: InboxRow): Promise<Tell[]> {
  const result = await applyMessageStatus(tx, { ...readMessageStatus(row.payload), at: row.receivedAt });
  return result?.optedOut ? endByOptOut(await runningWorkflowsOfNumber(tx, result.phone)) : [];
}

async function applyVoiceStatus(tx: TenantTransaction, row: InboxRow): Promise<Tell[]> {
  const result = await applyCallStatus(tx, { ...readCallStatus(row.payload), at: row.receivedAt });
  if (!result?.outcome || !result.workflowId || !result.touchKey) return [];
  const { outcome, touchKey, workflowId } = result;
  return [(workflows) => workflows.signal(workflowId, callStatusSignal, { touchKey, outcome })];
}
