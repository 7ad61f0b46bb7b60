import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { restOf } from '#domain/journey/engine.ts';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import type { JourneyState, JourneyStatus, TimelineEntry } from '#domain/journey/state.ts';
import { journeyStatusKey, journeyStepKey } from '#domain/search-attributes.ts';
import { local } from '../activity-options.ts';
import type { LeadJourneyInput } from './messages.ts';
import { isOwn, nextOwnWait } from './own-wait.ts';
import type { OwnWait } from './own-wait.ts';
import { describeRest } from './rest.ts';

/** What the log has told and still has to tell; carried through continue-as-new. */
export type CarriedLog = {
  /** Events of the histories of the runs before. */
  pastEvents: number;
  nextSeq: number;
  told: { status: JourneyStatus; stepId: string | null };
  recent: TimelineEntry[];
  wait?: OwnWait | null;
};

/** More than a turn ever writes: a turn writes at each rest, and rests for nothing only when it is woken meanwhile. */
const writesPerTurn = 100;

/** Enough for a look by query; the database has the whole. */
const recentLines = 200;

/** Keeps the journey's timeline and, at each rest, tells it to the database and to Temporal Web, once. */
export function createLog(input: LeadJourneyInput, carried?: CarriedLog) {
  const pastEvents = carried?.pastEvents ?? 0;
  let turn = 0;
  let writes = 0;
  let nextSeq = carried?.nextSeq ?? 0;
  let told = carried?.told ?? { status: 'active' as JourneyStatus, stepId: null };
  let recent = carried?.recent ?? [];
  let wait = carried?.wait ?? null;
  let untold: TimelineEntry[] = [];
  let lastProjection = '';

  return {
    add(entries: TimelineEntry[]) {
      untold.push(...entries);
      recent = [...recent, ...entries].slice(-recentLines);
    },
    recent: () => recent,
    carry: (): CarriedLog => ({
      pastEvents: pastEvents + workflowInfo().historyLength,
      nextSeq,
      told,
      recent,
      wait,
    }),
    /**
     * Writes where the journey rests, in one local activity; nothing when there is no news. True when it rests on a hold
     * that is over already.
     */
    async settle(state: JourneyState, definition: JourneyDefinition): Promise<boolean> {
      wait = nextOwnWait(wait, state, Date.now());
      const projection = project(state);
      const text = JSON.stringify(projection);
      if (untold.length === 0 && text === lastProjection) return false;
      lastProjection = text;
      const timeline = untold;
      untold = [];
      const firstSeq = nextSeq;
      nextSeq += timeline.length;
      const { organizationId, journeyId } = input;
      const revision = nextRevision();
      const written = { organizationId, journeyId, revision, firstSeq, timeline, ...projection };
      const answer = await local.recordRest({ ...written, wait: waitToTell(state, wait) });
      tellTemporal(state, definition, projection.status);
      return answer === 'lifted';
    },
  };

  /**
   * A turn that Temporal throws away (its worker died, or a signal came just as it continued as new) has written already,
   * and is done again with what came since. The history is longer then, so what it writes then is newer.
   */
  function nextRevision(): number {
    const now = pastEvents + workflowInfo().historyLength;
    writes = now === turn ? Math.min(writes + 1, writesPerTurn - 1) : 0;
    turn = now;
    return turn * writesPerTurn + writes;
  }

  function tellTemporal(state: JourneyState, definition: JourneyDefinition, status: JourneyStatus): void {
    setCurrentDetails(details(state, definition, status));
    // An attribute costs an event, so a plain wait leaves the step as it is: its timer's summary names it.
    const moved = state.stepId !== told.stepId && restOf(state)?.kind !== 'timer';
    if (status === told.status && !moved) return;
    told = { status, stepId: state.stepId };
    upsertSearchAttributes([
      { key: journeyStatusKey, value: status },
      { key: journeyStepKey, value: state.stepId },
    ]);
  }
}

function waitToTell(state: JourneyState, wait: OwnWait | null) {
  return wait !== null && isOwn(restOf(state)) ? { fromMs: wait.fromMs, untilMs: wait.untilMs } : null;
}

function project(state: JourneyState) {
  const rest = restOf(state);
  const status: JourneyStatus =
    state.status === 'active' && state.pausedAtMs !== null ? 'paused' : state.status;
  return {
    status,
    endReason: state.endReason,
    stepId: state.stepId,
    waitingFor: rest?.kind ?? null,
    waitingUntilMs: rest === null || status === 'paused' ? null : rest.untilMs,
    waitingCode: rest !== null && 'code' in rest ? rest.code : null,
    lastDisposition: state.lastDisposition,
  };
}

/** What an operator sees at the top of the workflow's page. */
function details(state: JourneyState, definition: JourneyDefinition, status: JourneyStatus): string {
  const rest = restOf(state);
  const step = definition.steps.find(({ id }) => id === state.stepId);
  const until = rest && status === 'active' ? ` until ${new Date(rest.untilMs).toISOString()}` : '';
  const lines = [
    `**${status}**${state.endReason ? ` (${state.endReason})` : ''}`,
    `Step **${state.stepId}** (${step?.kind ?? '?'})`,
    ...(state.status === 'active' ? [`${describeRest(state)}${until}`] : []),
    `Last disposition: ${state.lastDisposition ?? 'none'}; last reply: ${state.lastReply ?? 'none'}`,
  ];
  return lines.join('\n\n');
}
