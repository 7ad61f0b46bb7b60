import type { Clock } from '#domain/clock.ts';
import type { Logger } from './logger.ts';

/**
 * Where the simulator's future lives: the machine's timers, or a clock that skips. `at` resolves once the appointment
 * is certain to be kept; `run` is then called once, at `due` or as soon after as can be.
 */
export type Scheduler = { at(due: Date, run: () => Promise<void>): Promise<void> };

/** One step of something that takes its course: what happens, and how long after the step before. */
export type Step = { afterMs: number; run: () => Promise<void> };

export type Course = {
  /** Lets the steps happen one after the other, never overlapping. Resolves when the first is scheduled. */
  play(steps: readonly Step[]): Promise<void>;
};

/**
 * `speed` divides every wait. A later step that follows within `coalesceMs` of the one before happens right after it
 * instead of by an appointment of its own: on skipped time a pause of seconds costs much and shows nothing.
 */
export function createCourse(deps: {
  clock: Clock;
  scheduler: Scheduler;
  speed: number;
  coalesceMs: number;
  logger: Logger;
}): Course {
  const { clock, scheduler, speed, coalesceMs, logger } = deps;

  async function play(steps: readonly Step[]): Promise<void> {
    const [next, ...later] = steps;
    if (!next) return;
    const now = await clock.now();
    await scheduler.at(new Date(now.getTime() + next.afterMs / speed), () => happen(next, later));
  }

  async function happen(step: Step, later: readonly Step[]): Promise<void> {
    let current: Step | undefined = step;
    let rest = later;
    while (current) {
      await current.run().catch((error: unknown) => logger.error({ err: error }, 'a simulated step failed'));
      if (rest[0] && rest[0].afterMs > coalesceMs) return play(rest);
      [current, ...rest] = rest;
    }
  }

  return { play };
}
