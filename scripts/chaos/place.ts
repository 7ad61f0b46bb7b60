import { openHome } from '#scripts/bench/home.ts';
import type { BenchHome } from '#scripts/bench/home.ts';

/** Where an attack lives: a folder, and the list of what has to be ended. */
export type Place = BenchHome;

const open = new Set<Place>();

/** Gives an attack a place of its own and ends everything in it, however the attack ends. */
export async function inOwnPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const place = await openHome();
  open.add(place);
  try {
    return await work(place);
  } finally {
    await place.close().finally(() => open.delete(place));
  }
}

/** For a run that is broken off: ends what the attacks under way have begun. */
export async function closeAllPlaces(): Promise<void> {
  await Promise.allSettled([...open].map((place) => place.close()));
}
