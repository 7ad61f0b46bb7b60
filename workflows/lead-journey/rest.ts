import { CancellationScope, condition, isCancellation, sleep } from '@temporalio/workflow';
import { restOf } from '#domain/journey/engine.ts';
import type { JourneyState } from '#domain/journey/state.ts';

/**
 * Rests until the instant, or until something is in the mailbox. True when the time is over. Null waits for the mailbox
 * alone (a paused journey). The timer carries a summary, so that Temporal Web says what is waited for.
 */
export async function restUntil(
  untilMs: number | null,
  state: JourneyState,
  hasMail: () => boolean,
): Promise<boolean> {
  if (untilMs === null) {
    await condition(hasMail);
    return false;
  }
  const remainingMs = untilMs - Date.now();
  if (remainingMs <= 0) return true;
  const scope = new CancellationScope();
  const timer = scope
    .run(() => sleep(remainingMs, { summary: describeRest(state) }))
    .then(
      () => true,
      (error: unknown) => {
        if (isCancellation(error)) return false;
        throw error;
      },
    );
  const over = await Promise.race([timer, condition(hasMail).then(() => false)]);
  if (!over) scope.cancel();
  return over;
}

/** For operators, in words: what is waited for, and at which step. */
export function describeRest(state: JourneyState): string {
  const rest = restOf(state);
  if (state.pausedAtMs !== null) return `${state.stepId}: paused`;
  if (rest === null) return `${state.stepId}: ${state.command.do}`;
  const what = {
    timer: 'wait',
    reply: 'wait for a reply',
    call: 'wait for the call to end',
    retry: `wait before attempt ${state.attempt + 1}`,
    defer: `not before, ${'code' in rest ? rest.code : ''}`,
    hold: `held, ${'code' in rest ? rest.code : ''}`,
  }[rest.kind];
  return `${state.stepId}: ${what}`;
}
