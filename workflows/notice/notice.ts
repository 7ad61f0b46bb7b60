import { sleep } from '@temporalio/workflow';
import type { TouchOutcome } from '#domain/journey/state.ts';
import { touch } from '../activity-options.ts';
import type { NoticeInput } from './messages.ts';

const askAgainMs = 20_000;

/**
 * The one text that answers a STOP or HELP. The activity decides under the lane's lock whether it may go out; while it may
 * not yet (a stop of everything, a carrier that is down), it is asked again, and some minutes after the person wrote the
 * answer is no longer worth sending, so this ends.
 */
export async function notice(input: NoticeInput): Promise<TouchOutcome> {
  for (;;) {
    const outcome = await touch.sendNotice(input);
    if (outcome.outcome === 'held') await sleep(askAgainMs);
    else if (outcome.outcome === 'deferred') await sleep(Math.max(1_000, outcome.untilMs - Date.now()));
    else return outcome;
  }
}
