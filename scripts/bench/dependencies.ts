import { createCounters } from '#activities/counters.ts';
import type { ActivityDependencies } from '#activities/dependencies.ts';
import { createTwilioMessaging } from '#providers/twilio/messaging.ts';
import { createTwilioVoice } from '#providers/twilio/voice.ts';

export const account = { accountSid: `AC${'0'.repeat(31)}1`, authToken: 'token-of-the-bench' };

/** A carrier's callbacks, in a run that needs none. */
export const nowhere = 'http://127.0.0.1:9';

/** The real activities' dependencies, with the carrier at the given address. */
export function activityDependencies(
  own: Pick<ActivityDependencies, 'database' | 'temporal' | 'taskQueue'> & { carrierUrl: string },
): ActivityDependencies {
  const { carrierUrl, ...rest } = own;
  const carrier = { ...account, baseUrl: carrierUrl, timeoutMs: 5_000 };
  return {
    ...rest,
    messaging: createTwilioMessaging(carrier),
    voice: createTwilioVoice(carrier),
    publicUrl: nowhere,
    settleMs: 15_000,
    ...createCounters(),
  };
}
