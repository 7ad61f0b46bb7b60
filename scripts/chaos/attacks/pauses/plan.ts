import type { ResumePolicy } from '#domain/compliance/pauses.ts';
import { resumePolicies } from '#domain/compliance/pauses.ts';
import { hourMs, minuteMs } from '#domain/duration.ts';
import { between, chooseOne, draw } from '#simulator/draw.ts';
import type { PauseSubject } from '#db/queries/pauses.ts';
import { undisturbedMs } from './journey.ts';

/** From when to when, in milliseconds after the launch, on whole seconds: so exactly does the test server skip. */
export type PlannedPause = { fromMs: number; untilMs: number };
export type Plan = { kind: PauseSubject['kind']; policy: ResumePolicy; pauses: PlannedPause[] };

const kinds = ['campaign', 'launch', 'organization'] as const;

/**
 * What one group has to bear: one to four pauses of a minute to six hours, one after the other. Half of them begin within
 * three seconds of a moment at which its journeys would have something to do; some follow at the very instant of the resume
 * before.
 */
export function planPauses(seed: number, nr: number): Plan {
  const at = (...names: (string | number)[]) => draw(seed, 'pauses', nr, ...names);
  const pauses: PlannedPause[] = [];
  let earliestMs = 0;
  const count = between(at('count'), 1, 4);
  for (let index = 0; index < count; index += 1) {
    const fromMs = begin(index);
    const lengthMs = Math.round((minuteMs * 360 ** at(index, 'length')) / 1_000) * 1_000;
    pauses.push({ fromMs, untilMs: fromMs + lengthMs });
    earliestMs = fromMs + lengthMs;
  }
  return {
    kind: kinds[Math.floor(nr / resumePolicies.length) % kinds.length]!,
    policy: resumePolicies[nr % resumePolicies.length]!,
    pauses,
  };

  function begin(index: number): number {
    if (index > 0 && at(index, 'at once') < 0.2) return earliestMs;
    const anyMs = between(at(index, 'any'), 0, (24 * hourMs) / 1_000) * 1_000;
    const near = chooseOne(at(index, 'near'), undisturbedMs) + between(at(index, 'jitter'), -3, 3) * 1_000;
    return Math.max(at(index, 'kind') < 0.5 ? near : anyMs, earliestMs, 0);
  }
}
