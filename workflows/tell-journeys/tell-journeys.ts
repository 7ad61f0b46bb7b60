import { bulk } from '../activity-options.ts';
import type { TellJourneysInput } from './messages.ts';

/**
 * Tells every running journey of a launch or campaign one thing. The gate's row has taken effect already when this
 * starts; it wakes or ends those who rest, however long that takes and whoever is restarted meanwhile.
 */
export async function tellJourneys(input: TellJourneysInput): Promise<{ told: number }> {
  return bulk.tellJourneys(input);
}
