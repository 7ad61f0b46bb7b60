import { CarrierOutcomeUnknown } from '../faults.ts';

/** Twilio's largest page; two parties rarely exchange more than one holds. */
export const listLimit = 1000;

/**
 * Keeps the records created in [since, until], newest first. Twilio shows whole seconds, so the window is widened to
 * them. A listing that was cut off before reaching `since` proves nothing and is a fault: an absence that was not seen
 * must not lead to a second text.
 */
export function withinWindow<Row extends { createdAt: Date }>(
  rows: Row[],
  window: { since: Date; until: Date },
): Row[] {
  const from = Math.floor(window.since.getTime() / 1000) * 1000;
  const to = window.until.getTime();
  const oldest = Math.min(...rows.map((row) => row.createdAt.getTime()));
  if (rows.length >= listLimit && oldest >= from) {
    throw new CarrierOutcomeUnknown(
      `the carrier lists more than ${listLimit} records in the period asked for`,
    );
  }
  return rows
    .filter((row) => row.createdAt.getTime() >= from && row.createdAt.getTime() <= to)
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}
