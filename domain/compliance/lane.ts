import { dayMs, minuteMs } from '../duration.ts';
import type { LaneRules } from '../organization.ts';
import { stateCaps } from './contact-hours.ts';
import type { GateBlock } from './gate.ts';

/** What a lane (organisation and phone number) has borne; every lead with that number shares it. */
export type LaneFacts = {
  /** Outbound touches of the last seven days, newest first, without this one. */
  touches: { channel: 'sms' | 'call'; at: Date }[];
  /** Until when another journey waits for this person's answer, or for its call to end; null = none does. */
  conversationUntil: Date | null;
};

const weekMs = 7 * dayMs;

/** What the lane's own rules and the caps of the lead's states put in the way of one more touch. */
export function laneBlocks(facts: {
  now: Date;
  channel: 'sms' | 'call';
  states: string[];
  lane: LaneFacts;
  laneRules: LaneRules;
}): GateBlock[] {
  const { now, channel, lane, laneRules } = facts;
  const blocks: GateBlock[] = [];
  const defer = (code: GateBlock['code'], until: Date, rule?: GateBlock['rule']) =>
    blocks.push({ decision: 'defer', code, until, ...(rule && { rule }) });

  if (laneRules.oneConversation && lane.conversationUntil && lane.conversationUntil > now)
    defer('CONVERSATION_OPEN', lane.conversationUntil);

  const since = (touches: LaneFacts['touches'], gapMinutes: number) => {
    const free = touches[0] && new Date(touches[0].at.getTime() + gapMinutes * minuteMs);
    if (gapMinutes > 0 && free && free > now) defer('TOO_SOON', free);
  };
  since(lane.touches, laneRules.minimumGapMinutes);
  if (channel === 'call')
    since(
      lane.touches.filter((touch) => touch.channel === 'call'),
      laneRules.callGapMinutes,
    );

  const sameChannel = lane.touches.filter((touch) => touch.channel === channel).map(({ at }) => at);
  const [perDay, perWeek] =
    channel === 'sms'
      ? [laneRules.textsPerDay, laneRules.textsPerWeek]
      : [laneRules.callsPerDay, laneRules.callsPerWeek];
  const frees = [roomAt(sameChannel, perDay, dayMs, now), roomAt(sameChannel, perWeek, weekMs, now)];
  const latest = Math.max(0, ...frees.map((free) => free?.getTime() ?? 0));
  if (latest > 0) defer('LANE_CAP_REACHED', new Date(latest));

  const all = lane.touches.map(({ at }) => at);
  for (const { touchesPerDay, rule } of stateCaps(facts.states)) {
    const free = roomAt(all, touchesPerDay, dayMs, now);
    if (free) defer('STATE_CAP_REACHED', free, rule);
  }
  // The longest first: whoever is told to come back then is not sent away again for another of them.
  return blocks.toSorted((a, b) => untilMs(b) - untilMs(a));
}

const untilMs = (block: GateBlock) => (block.decision === 'defer' ? block.until.getTime() : 0);

/** When there is room for one more under a cap within a sliding window; null = now. `touches` come newest first. */
function roomAt(touches: Date[], cap: number | null, windowMs: number, now: Date): Date | null {
  if (cap === null) return null;
  const counting = touches.filter((at) => now.getTime() - at.getTime() < windowMs);
  if (counting.length < cap) return null;
  // A cap of nothing lets nothing through; it is asked again when the window has passed.
  const oldestInTheWay = cap === 0 ? now : counting[cap - 1]!;
  return new Date(oldestInTheWay.getTime() + windowMs);
}
