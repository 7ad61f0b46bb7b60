/** One measured thing beside its peer. `ratio` is how many times better than the peer, whichever way better lies. */
export type Figure = {
  value: number;
  unit: string;
  /** What it is measured against. */
  peer: string;
  peerValue: number;
  ratio: number;
  /** The promise, in the terms of `ratio` or `value`. */
  goal: string;
  holds: boolean;
  /** What exactly was measured, and what else was seen on the way. */
  note: string;
};

type Measurement = Pick<Figure, 'value' | 'unit' | 'peer' | 'peerValue' | 'note'> & {
  better: 'more' | 'less';
};

/** Promised to be so many times better than the peer. */
export function againstPeer(measured: Measurement, timesBetter: number): Figure {
  const figure = beside(measured);
  return { ...figure, goal: `ratio >= ${timesBetter}`, holds: figure.ratio >= timesBetter };
}

/** Promised to be no more than a number; the peer only shows what that is worth. */
export function withinLimit(measured: Measurement, limit: number): Figure {
  const figure = beside(measured);
  return { ...figure, goal: `value <= ${limit}`, holds: figure.value <= limit };
}

/** Rounded first, so that the verdict follows from the numbers that are shown. */
function beside({ better, ...measured }: Measurement) {
  const value = round(measured.value);
  const peerValue = round(measured.peerValue);
  const ratio = round(better === 'more' ? value / peerValue : peerValue / value);
  return { ...measured, value, peerValue, ratio };
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The middle one; of an even number, halfway between the middle two. Not a number when there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

/** What one more touch costs, from two journeys of the same shape and different length. */
export function perTouch(
  short: { touches: number; cost: number },
  long: { touches: number; cost: number },
): number {
  return (long.cost - short.cost) / (long.touches - short.touches);
}
