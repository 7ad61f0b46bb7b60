import type { Clock } from '#domain/clock.ts';
import type { Scheduler } from '../scheduler.ts';

/** A clock that stands still until `runUntil` lets time pass, keeping every appointment on the way, in order. */
export function createVirtualTime(start: Date): {
  clock: Clock;
  scheduler: Scheduler;
  runUntil(end: Date): Promise<void>;
} {
  let now = start;
  const appointments: { due: Date; run: () => Promise<void> }[] = [];

  return {
    clock: { now: async () => now },
    scheduler: {
      async at(due, run) {
        appointments.push({ due, run });
      },
    },
    async runUntil(end) {
      for (;;) {
        appointments.sort((a, b) => a.due.getTime() - b.due.getTime());
        const next = appointments[0];
        if (!next || next.due > end) break;
        appointments.shift();
        if (next.due > now) now = next.due;
        await next.run();
      }
      now = end;
    },
  };
}
