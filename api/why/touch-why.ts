import { findRefusal } from '#domain/compliance/refusals.ts';
import { templatesOf } from '#domain/journey/template-variables.ts';
import type { TouchRecord } from '#db/queries/why.ts';
import type { TouchWhy } from '../schemas/why.ts';

/** Why a touch was made or refused, from what is on record about it. */
export function whyTouch(touch: TouchRecord): TouchWhy {
  const { reasons, refusalCode, step } = touch;
  const { id, channel, kind, state, journeyId, campaign, version, stepId, errorCode, requests } = touch;
  return {
    id,
    channel,
    kind,
    state,
    journeyId,
    campaign,
    version,
    stepId,
    errorCode,
    requests,
    template: (step && templatesOf(step)[0]?.template) ?? null,
    text: touch.body || null,
    refusal: refusalCode === null ? null : refusalWords(refusalCode),
    decidedAt: reasons?.at ?? touch.createdAt,
    consent: touch.consent,
    dnc: { lists: reasons?.dncLists ?? null, found: touch.onLists },
    hours: reasons && {
      localTimes: reasons.localTimes,
      states: reasons.states,
      rules: reasons.rules.map(({ code, ruleVersion, source }) => ({ code, ruleVersion, source })),
    },
    number: reasons?.number ?? null,
    history: historyOf(touch),
  };
}

function refusalWords(refused: string): TouchWhy['refusal'] {
  const { code, label, message, action } = findRefusal(refused) ?? {
    code: refused,
    label: refused,
    message: refused,
    action: null,
  };
  return { code, label, message, action };
}

/** What became of it, oldest first: the ledger's own marks and what the carrier said. */
function historyOf(touch: TouchRecord): TouchWhy['history'] {
  const marks: [string | null, string][] = [
    [touch.createdAt, touch.state === 'refused' ? 'refused' : 'reserved'],
    [touch.sendingAt, 'sending'],
    [touch.sentAt, 'sent'],
    [touch.endedAt, 'ended'],
  ];
  const ledger = marks.flatMap(([at, status]) =>
    at === null ? [] : [{ at, by: 'ledger' as const, status, errorCode: null }],
  );
  const carrier = touch.statusHistory.map(({ at, status, errorCode = null }) => ({
    at: new Date(at).toISOString(),
    by: 'carrier' as const,
    status,
    errorCode,
  }));
  return [...ledger, ...carrier].sort((a, b) => a.at.localeCompare(b.at));
}
