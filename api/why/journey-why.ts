import { explain } from '#domain/compliance/gate.ts';
import type { GateBlock } from '#domain/compliance/gate.ts';
import { localTimes } from '#domain/compliance/local-times.ts';
import { findRefusal } from '#domain/compliance/refusals.ts';
import type { RefusalCode } from '#domain/compliance/refusals.ts';
import { durationMs } from '#domain/duration.ts';
import { nextTouch } from '#domain/journey/next-touch.ts';
import type { NextTouch } from '#domain/journey/next-touch.ts';
import { missingIn } from '#domain/journey/template-variables.ts';
import { waits } from '#domain/journey/waits.ts';
import { channelOf } from '#domain/preflight.ts';
import { readFacts } from '#db/queries/gate-facts.ts';
import type { TouchContext } from '#db/queries/gate-facts.ts';
import { readRestingJourney } from '#db/queries/why.ts';
import type { RestingJourney } from '#db/queries/why.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import type { JourneyWhy } from '../schemas/why.ts';

type Block = JourneyWhy['blocks'][number];

/** Why a journey does not go on just now, and what is in the way of its next touch. Null when there is no such journey. */
export async function whyNotYet(tx: TenantTransaction, journeyId: string): Promise<JourneyWhy | null> {
  const journey = await readRestingJourney(tx, journeyId);
  if (!journey) return null;
  const { status, stepId, waitingFor, waitingUntil, timeZones, definition } = journey;
  const goesOn = status === 'active' || status === 'paused';
  // A call that is going on decides itself what comes after it.
  const next = goesOn && waitingFor !== 'call' ? nextTouch(definition, stepId ?? definition.start) : null;
  const context = next && (await readFacts(tx, touchOf(journeyId, journey, next)));
  const blocks = goesOn
    ? [...ownBlocks(journey), ...(context && next ? gateBlocks(journey, next, context) : [])]
    : [];
  const untils = blocks.flatMap(({ until }) => until ?? []);
  const times = blocks.every(({ decision }) => decision === 'wait') ? untils.sort() : [];
  return {
    at: journey.now.toISOString(),
    status,
    version: journey.version,
    stepId,
    waitingFor,
    waitingUntil: waitingUntil?.toISOString() ?? null,
    waitingUntilLocal: waitingUntil ? localTimes(waitingUntil, timeZones) : {},
    nextTouch: next && { stepId: next.step.id, kind: next.step.kind, certain: next.certain },
    blocks,
    notBefore: times.at(-1) ?? null,
  };
}

/** The touch as the gate knows it: under its own key if it was asked for already, so that it is not counted against itself. */
function touchOf(journeyId: string, { stepId, asked }: RestingJourney, { step }: NextTouch) {
  const touchKey = asked && step.id === stepId ? asked.touchKey : `${step.id}:next`;
  return { subject: { journeyId, stepId: step.id }, touchKey, channel: channelOf(step) };
}

function ownBlocks(journey: RestingJourney): Block[] {
  const { status, waitingFor, waitingUntil, timeZones } = journey;
  const paused = status === 'paused';
  const blocks: Block[] = [];
  if (paused) blocks.push({ ...own('paused', 'person'), decision: 'hold' });
  if (waitingFor === null || waitingFor === 'defer' || waitingFor === 'hold') return blocks;
  // While a person has paused it, the wait stands still and nobody can say when it ends.
  const until = paused ? null : waitingUntil;
  return [...blocks, { ...own(waitingFor, 'journey'), ...untilOf(until, timeZones) }];
}

function own(code: keyof typeof waits, by: 'person' | 'journey'): Block {
  const { message, action } = waits[code];
  const nothing = { until: null, untilLocal: {}, rule: null };
  return { by, code, label: message, decision: 'wait', message, action, ...nothing };
}

function gateBlocks(journey: RestingJourney, { step }: NextTouch, context: TouchContext): Block[] {
  const { waitingFor, waitingCode, waitingUntil, now, timeZones } = journey;
  const urgent = step.kind === 'sms' && (step.urgent ?? false);
  const blocks = explain({
    ...context.gate,
    channel: channelOf(step),
    urgent,
    expiresAt: expiryOf(journey, step),
  });
  if (missingIn(step, context.variables).length > 0)
    blocks.push({ decision: 'refuse', code: 'MISSING_VARIABLE' });
  // Its place in the queue of the numbers' rates is known to the journey alone.
  if (waitingFor === 'defer' && waitingCode === 'RATE_LIMITED' && waitingUntil && waitingUntil > now)
    blocks.push({ decision: 'defer', code: 'RATE_LIMITED', until: waitingUntil });
  return blocks.map((block) => gateBlock(block, timeZones));
}

function gateBlock(block: GateBlock, timeZones: string[]): Block {
  const { code, label, message, action } = findRefusal(block.code satisfies RefusalCode)!;
  return {
    by: 'gate',
    code,
    label,
    message,
    action,
    decision: block.decision === 'defer' ? 'wait' : block.decision,
    ...untilOf(block.decision === 'defer' ? block.until : null, timeZones),
    rule: block.rule ?? null,
  };
}

function untilOf(until: Date | null, timeZones: string[]) {
  return {
    until: until?.toISOString() ?? null,
    untilLocal: until === null ? {} : localTimes(until, timeZones),
  };
}

/** The end of the step's shelf life; one that counts from the step's beginning is known once the step was tried. */
function expiryOf({ asked, stepId }: RestingJourney, step: NextTouch['step']): Date | null {
  if (step.kind !== 'sms' || step.shelfLife === undefined) return null;
  const { for: length, until } = step.shelfLife;
  const lengthMs = length === undefined ? null : durationMs(length);
  const ends = [
    ...(lengthMs !== null && asked && step.id === stepId ? [asked.since.getTime() + lengthMs] : []),
    ...(until === undefined ? [] : [Date.parse(until)]),
  ];
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}
