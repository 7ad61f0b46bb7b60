import { nextLocalTime } from '../../compliance/calling-window.ts';
import { durationMs, requireDurationMs } from '../../duration.ts';
import type { WaitStep } from '../definition.ts';
import type { Problem } from '../problem.ts';
import { badDuration, badValue } from '../problems.ts';
import type { StepContext, StepHandler } from './step-handler.ts';

const timePattern = /^([01]\d|2[0-3]):([0-5]\d)$/;

export const waitHandler: StepHandler<WaitStep> = {
  rests: true,
  targets: (step) => [{ field: 'next', stepId: step.next }],
  validate(step): Problem[] {
    if ((step.for === undefined) === (step.until === undefined)) {
      return [badValue(step.id, 'for', 'or until must be given, and only one of them')];
    }
    if (step.for !== undefined)
      return durationMs(step.for) === null ? [badDuration(step.id, 'for', step.for)] : [];
    const problems: Problem[] = [];
    if (!timePattern.test(step.until!.time)) {
      problems.push({
        stepId: step.id,
        field: 'until.time',
        code: 'BAD_TIME',
        message: `"${step.until!.time}" is not a time of day; write for example 09:30`,
      });
    }
    const days = step.until!.days ?? 0;
    if (!(Number.isInteger(days) && days >= 0 && days <= 365)) {
      problems.push(badValue(step.id, 'until.days', 'must be a whole number from 0 to 365'));
    }
    return problems;
  },
  skipTo: (step) => step.next,
  enter(step, context) {
    const untilMs = endOfWait(step, context);
    return {
      command: {
        do: 'rest',
        rest: { kind: 'timer', untilMs, ...(step.until === undefined ? {} : { atLocalTime: true }) },
      },
      note: { kind: 'waiting', data: { untilMs } },
    };
  },
  on: (step, event) => (event.type === 'rest-over' ? { goTo: step.next } : null),
};

function endOfWait(step: WaitStep, { atMs, facts }: StepContext): number {
  if (step.for !== undefined) return atMs + requireDurationMs(step.for);
  const [, hours, minutes] = timePattern.exec(step.until!.time)!;
  const minuteOfDay = Number(hours) * 60 + Number(minutes);
  const zones = facts.timeZones.length > 0 ? facts.timeZones : ['UTC'];
  // A lead who may be in two zones is waited for in both: the later instant has that time behind it everywhere.
  // At that very time it means the next day's: a wait of no length would let a daily loop run hot.
  const now = new Date(atMs + 1);
  const instants = zones.map((zone) =>
    nextLocalTime({ now, zone, minuteOfDay, daysAhead: step.until!.days ?? 0 }).getTime(),
  );
  return Math.max(...instants);
}
