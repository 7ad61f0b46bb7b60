/**
 * Whether the product kept its promises, judged by the carrier's ledger alone: none of its own tables, none of its
 * own rules but those handed in here.
 */
export const violationKinds = [
  'duplicateSms',
  'duplicateCalls',
  'afterReply',
  'afterOptOut',
  'outsideHours',
] as const;
export type ViolationKind = (typeof violationKinds)[number];

/** One broken promise. `sid` is the offending touch; null when the carrier refused it, which does not excuse it. */
export type Violation = { kind: ViolationKind; sid: string | null; at: Date; because: string };

/** What the ledger says. `LedgerText`, `LedgerCall`, `LedgerReply` and `LedgerRefusal` fit as they are. */
export type JudgedFacts = {
  texts: readonly { sid: string; to: string; body: string; createdAt: Date }[];
  calls: readonly { sid: string; to: string; createdAt: Date }[];
  replies: readonly { sid: string; from: string; body: string; optOut: boolean; deliveredAt: Date | null }[];
  refusals: readonly { to: string; body: string; at: Date }[];
};

export type JudgingRules = {
  /** No second automated text to a phone within this time. */
  recentSmsWindowMs: number;
  /** No automated text to a phone within this time after it wrote. */
  recentReplyWindowMs: number;
  /** No second call to a phone within this time: the shortest spacing of retries in any campaign that ran. */
  minimumCallSpacingMs: number;
  /** Whether a phone may be contacted at an instant, in every zone it may be in. */
  isOpen: (at: Date, phone: string) => boolean;
  /** Whether a text merely confirms an opt-out. Such a text answers the lead and is judged by no rule. */
  isOptOutConfirmation: (body: string) => boolean;
  /** Whether a reply takes an opt-out back. */
  isOptIn: (body: string) => boolean;
  /**
   * How much earlier than the carrier's acceptance the product may have decided. Windows end this much sooner, replies
   * count from this much later, and hours need to have been open at either moment.
   */
  toleranceMs: number;
};

/**
 * Every broken promise, in the order of the kinds and then of time. A touch breaks a promise at most once.
 *
 * - `duplicateSms`: less than the window after the last text to the same phone, or the same body as any earlier one.
 * - `duplicateCalls`: less than the spacing after the last call to the same phone.
 * - `afterReply`: a text within the window after a reply that our webhook had taken.
 * - `afterOptOut`: a text or call, accepted or refused, after an opt-out that our webhook had taken and that no later
 *   opt-in took back, from whichever of our numbers.
 * - `outsideHours`: a text or call while the phone's hours were closed.
 */
export function findViolations(facts: JudgedFacts, rules: JudgingRules): Violation[] {
  const texts = inOrder(facts.texts.filter(({ body }) => !rules.isOptOutConfirmation(body)));
  const calls = inOrder(facts.calls);
  const repliesOf = repliesByPhone(facts.replies);
  const attempts = [
    ...[...texts, ...calls].map(({ sid, to, createdAt }) => ({ sid, to, at: createdAt })),
    ...facts.refusals
      .filter(({ body }) => !rules.isOptOutConfirmation(body))
      .map(({ to, at }) => ({ sid: null, to, at })),
  ];
  return [
    ...duplicateTexts(texts, rules),
    ...tooCloseTogether('duplicateCalls', calls, rules.minimumCallSpacingMs, rules.toleranceMs),
    ...texts.flatMap((text) => afterReply(text, repliesOf(text.to), rules)),
    ...attempts.flatMap((attempt) => afterOptOut(attempt, repliesOf(attempt.to), rules)),
    ...[...texts, ...calls].flatMap((touch) => outsideHours(touch, rules)),
  ];
}

/** How often each promise was broken. */
export function countViolations(violations: readonly Violation[]): Record<ViolationKind, number> {
  const countOf = (kind: ViolationKind) => violations.filter((violation) => violation.kind === kind).length;
  return Object.fromEntries(violationKinds.map((kind) => [kind, countOf(kind)])) as Record<
    ViolationKind,
    number
  >;
}

type Touch = { sid: string; to: string; createdAt: Date };
type Reply = JudgedFacts['replies'][number] & { deliveredAt: Date };

function duplicateTexts(texts: readonly (Touch & { body: string })[], rules: JudgingRules): Violation[] {
  const tooClose = tooCloseTogether('duplicateSms', texts, rules.recentSmsWindowMs, rules.toleranceMs);
  const blamed = new Set(tooClose.map(({ sid }) => sid));
  const firstSids = new Map<string, string>();
  const sameBody = texts.flatMap((text): Violation[] => {
    const key = `${text.to} ${text.body}`;
    const first = firstSids.get(key);
    if (first === undefined) firstSids.set(key, text.sid);
    if (first === undefined || blamed.has(text.sid)) return [];
    return [
      { kind: 'duplicateSms', sid: text.sid, at: text.createdAt, because: `the same body as ${first}` },
    ];
  });
  return [...tooClose, ...sameBody];
}

function tooCloseTogether(
  kind: ViolationKind,
  touches: readonly Touch[],
  windowMs: number,
  toleranceMs: number,
): Violation[] {
  const last = new Map<string, Touch>();
  return touches.flatMap((touch): Violation[] => {
    const before = last.get(touch.to);
    last.set(touch.to, touch);
    if (!before) return [];
    const gapMs = touch.createdAt.getTime() - before.createdAt.getTime();
    if (gapMs >= windowMs - toleranceMs) return [];
    const because = `${Math.round(gapMs / 1000)} s after ${before.sid}`;
    return [{ kind, sid: touch.sid, at: touch.createdAt, because }];
  });
}

function afterReply(text: Touch, replies: readonly Reply[], rules: JudgingRules): Violation[] {
  const { recentReplyWindowMs, toleranceMs } = rules;
  const reply = replies.find(({ deliveredAt }) => {
    const sinceMs = text.createdAt.getTime() - deliveredAt.getTime();
    return sinceMs > toleranceMs && sinceMs < recentReplyWindowMs - toleranceMs;
  });
  if (!reply) return [];
  return [
    { kind: 'afterReply', sid: text.sid, at: text.createdAt, because: `soon after the reply ${reply.sid}` },
  ];
}

function afterOptOut(
  attempt: { sid: string | null; to: string; at: Date },
  replies: readonly Reply[],
  rules: JudgingRules,
): Violation[] {
  const known = replies.filter(
    ({ deliveredAt }) => attempt.at.getTime() - deliveredAt.getTime() > rules.toleranceMs,
  );
  const last = known.findLast(({ optOut, body }) => optOut || rules.isOptIn(body));
  if (!last?.optOut) return [];
  return [
    { kind: 'afterOptOut', sid: attempt.sid, at: attempt.at, because: `after the opt-out ${last.sid}` },
  ];
}

function outsideHours(touch: Touch, rules: JudgingRules): Violation[] {
  const decidedAt = new Date(touch.createdAt.getTime() - rules.toleranceMs);
  if (rules.isOpen(touch.createdAt, touch.to) || rules.isOpen(decidedAt, touch.to)) return [];
  return [{ kind: 'outsideHours', sid: touch.sid, at: touch.createdAt, because: 'the hours were closed' }];
}

function inOrder<T extends { createdAt: Date }>(touches: readonly T[]): T[] {
  return [...touches].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

/** Replies that reached us, oldest first; one that never did binds nobody. */
function repliesByPhone(replies: JudgedFacts['replies']): (phone: string) => readonly Reply[] {
  const byPhone = new Map<string, Reply[]>();
  for (const reply of replies) {
    if (reply.deliveredAt === null) continue;
    const list = byPhone.get(reply.from) ?? [];
    list.push({ ...reply, deliveredAt: reply.deliveredAt });
    byPhone.set(reply.from, list);
  }
  for (const list of byPhone.values()) list.sort((a, b) => a.deliveredAt.getTime() - b.deliveredAt.getTime());
  return (phone) => byPhone.get(phone) ?? [];
}
