import type { Database } from '#db/database.ts';
import { runningWorkflowsOfNumber } from '#db/queries/inbound.ts';
import { applyCallStatus, applyMessageStatus } from '#db/queries/statuses.ts';
import { claimInboxRow } from '#db/queries/webhook-inbox.ts';
import type { InboxKind, InboxRow } from '#db/queries/webhook-inbox.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { callStatusSignal, inboundSmsSignal, optOutSignal } from '#workflows/lead-journey/messages.ts';
import type { Workflows } from '../workflows.ts';
import { readCallStatus, readMessageStatus } from './carrier-forms.ts';
import { receiveText } from './receive-text.ts';

/** Something to tell a journey once the change is committed: it must find the rows that the signal is about. */
type Tell = (workflows: Workflows) => Promise<unknown>;

/**
 * Works on one stored webhook: changes the rows in one transaction, then signals. Either may be repeated after a crash;
 * rows are written under keys, and journeys ignore what they have heard. Null when it is done or somebody else is at it.
 */
export async function processDelivery(
  deps: { database: Database; workflows: Workflows },
  organizationId: string,
  id: string,
): Promise<InboxKind | null> {
  const { database, workflows } = deps;
  const claimed = await withOrganization(database, systemScope(organizationId), async (tx) => {
    const row = await claimInboxRow(tx, id);
    return row && { kind: row.kind, tell: await apply(tx, organizationId, row) };
  });
  if (claimed === null) return null;
  await Promise.all(claimed.tell.map((tell) => tell(workflows)));
  return claimed.kind;
}

async function apply(tx: TenantTransaction, organizationId: string, row: InboxRow): Promise<Tell[]> {
  switch (row.kind) {
    case 'sms':
      return applyText(tx, organizationId, row);
    case 'sms-status':
      return applyTextStatus(tx, row);
    case 'voice-status':
      return applyVoiceStatus(tx, row);
  }
}

async function applyText(tx: TenantTransaction, organizationId: string, row: InboxRow): Promise<Tell[]> {
  const { messageId, intent, workflowIds } = await receiveText(tx, organizationId, row);
  return workflowIds.map(
    (workflowId) => (workflows) =>
      intent === 'stop'
        ? workflows.signal(workflowId, optOutSignal)
        : workflows.signal(workflowId, inboundSmsSignal, { messageId, intent }),
  );
}

async function applyTextStatus(tx: TenantTransaction, row: InboxRow): Promise<Tell[]> {
  const result = await applyMessageStatus(tx, { ...readMessageStatus(row.payload), at: row.receivedAt });
  if (!result?.optedOut) return [];
  const workflowIds = await runningWorkflowsOfNumber(tx, result.phone);
  return workflowIds.map((workflowId) => (workflows) => workflows.signal(workflowId, optOutSignal));
}

async function applyVoiceStatus(tx: TenantTransaction, row: InboxRow): Promise<Tell[]> {
  const result = await applyCallStatus(tx, { ...readCallStatus(row.payload), at: row.receivedAt });
  if (!result?.outcome || !result.workflowId || !result.touchKey) return [];
  const { outcome, touchKey, workflowId } = result;
  return [(workflows) => workflows.signal(workflowId, callStatusSignal, { touchKey, outcome })];
}
