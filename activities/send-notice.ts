import { decideNotice } from '#domain/compliance/notice.ts';
import { lockLaneAndReadNotice } from '#db/queries/notices.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import type { NoticeInput } from '#workflows/notice/messages.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { textCarrier } from './send-text.ts';
import { performTouch } from './touch.ts';
import type { LookedAt } from './touch.ts';

/**
 * Answers a person's STOP or HELP with the organisation's words: once a message, through the ledger as any touch.
 * `held` and `deferred` mean: ask again; after five minutes it is refused as expired.
 */
export function sendNotice(deps: ActivityDependencies) {
  const carrier = textCarrier(deps);
  return ({ organizationId, messageId }: NoticeInput) => {
    const touchKey = `notice:${messageId}`;
    return performTouch(
      deps,
      { ...carrier, look: (tx) => lookAtNotice(tx, { messageId, touchKey }) },
      { organizationId, touchKey, attempt: null },
    );
  };
}

async function lookAtNotice(
  tx: TenantTransaction,
  notice: { messageId: string; touchKey: string },
): Promise<LookedAt | null> {
  const context = await lockLaneAndReadNotice(tx, notice);
  if (!context) return null;
  const { now, phone, leadId, campaignId, standing, intent, settings } = context;
  const body = intent === 'stop' ? settings.optOutConfirmation : settings.helpReply;
  return {
    now,
    subject: { journeyId: null, callbackId: null, leadId, campaignId, phone, kind: 'confirmation' },
    standing,
    decision: decideNotice(context.facts),
    // The organisation has changed its mind since.
    composed: body === null ? { refuse: 'EXPIRED' } : { body },
    reasons: {
      at: now.toISOString(),
      localTimes: {},
      states: [],
      consent: null,
      dncLists: [],
      versionId: null,
      stepId: null,
    },
    // It has minutes, where others have days: it goes before those who have just come.
    queued: true,
    organizationRatePerSecond: settings.touchesPerSecond,
  };
}
