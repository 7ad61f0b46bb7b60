/**
 * Where business time comes from. In production it is the database transaction's clock; on a dry run it is the
 * time-skipping server's, so that fourteen days pass in a minute with real rows. Nothing else may ask for "now".
 */
export type Clock = {
  /** The business instant, now. */
  now(): Promise<Date>;
};

/** The machine's own clock, for code that holds no database transaction (the simulator in real time, the launcher). */
export const systemClock: Clock = { now: async () => new Date() };
