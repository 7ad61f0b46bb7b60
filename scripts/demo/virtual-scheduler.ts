import type { Clock } from '#domain/clock.ts';

export type PulseActivities = {
  keepAppointments(): Promise<number | null>;
  stopTime(): Promise<void>;
};

type Appointment = { dueMs: number; run: () => Promise<void> };

/** Appointments are kept on a grid of this many virtual milliseconds, so that a busy minute takes few heartbeats. */
const gridMs = 10_000;

/**
 * The simulator's future on skipped time. `tellPulse` must have reached the server before `at` resolves: the carrier
 * answers its request only then, and until it answers an activity is running and time stands still.
 */
export function createVirtualScheduler(deps: {
  clock: Clock;
  tellPulse: (dueMs: number) => Promise<void>;
  /** Waits until everything that an appointment set off outside activities has been dealt with. */
  settle: () => Promise<void>;
  onEnd: () => Promise<void>;
}) {
  let appointments: Appointment[] = [];
  let toldMs = Infinity;
  let keeping = false;

  const nextDueMs = () => appointments.reduce((least, { dueMs }) => Math.min(least, dueMs), Infinity);

  return {
    async at(due: Date, run: () => Promise<void>): Promise<void> {
      const dueMs = Math.ceil(due.getTime() / gridMs) * gridMs;
      appointments.push({ dueMs, run });
      // While appointments are being kept, the activity's result will tell.
      if (keeping || dueMs >= toldMs) return;
      toldMs = dueMs;
      await deps.tellPulse(dueMs);
    },
    activities: {
      async keepAppointments() {
        keeping = true;
        for (;;) {
          const nowMs = (await deps.clock.now()).getTime();
          const due = appointments.filter(({ dueMs }) => dueMs <= nowMs);
          if (due.length === 0) break;
          appointments = appointments.filter(({ dueMs }) => dueMs > nowMs);
          await Promise.all(due.map(({ run }) => run()));
          await deps.settle();
        }
        keeping = false;
        toldMs = nextDueMs();
        return toldMs === Infinity ? null : toldMs;
      },
      stopTime: deps.onEnd,
    } satisfies PulseActivities,
  };
}
