import { continueAsNew } from '@temporalio/workflow';
import { bulk } from '../activity-options.ts';
import type { TellJourneysInput } from './messages.ts';

/**
 * Tells every running journey of a launch or campaign one thing. The gate's row has taken effect already when this
 * starts; it wakes or ends those who rest, however long that takes and whoever is restarted meanwhile. Waking is paced, so
 * that a resume is no burst.
 */
export async function tellJourneys(input: TellJourneysInput): Promise<{ told: number }> {
  const { told, after } = await bulk.tellJourneys(input);
  if (typeof after !== 'string') return { told };
  return continueAsNew<typeof tellJourneys>({ ...input, from: { after, told } });
}
