import { expect, test } from 'vitest';
import { sampleJourney } from './sample-journey.ts';
import { withoutWords } from './without-words.ts';

test('nothing that is said is left, and everything else is', () => {
  const silent = withoutWords(sampleJourney);
  const worded = sampleJourney.steps.flatMap((step) =>
    step.kind === 'sms' ? [step.body] : step.kind === 'call' ? [step.say, step.voicemail ?? ''] : [],
  );
  expect(worded.length).toBeGreaterThan(2);
  for (const words of worded.filter(Boolean)) expect(JSON.stringify(silent)).not.toContain(words);
  const unworded = ({ steps, ...rest }: typeof silent) => ({
    ...rest,
    steps: steps.map((step) => ({ ...step, body: null, say: null, voicemail: null })),
  });
  expect(unworded(silent)).toEqual(unworded(sampleJourney));
});
