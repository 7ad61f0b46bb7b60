import { expect, test } from 'vitest';
import { callOutcomes } from './carrier-status.ts';
import { defaultDispositions, defaultStages } from './disposition.ts';
import { sampleJourney } from './journey/sample-journey.ts';
import { journeyWorkflowId, launchWorkflowId } from './workflow-ids.ts';

test('a new organisation has the nine dispositions that were asked for', () => {
  expect(defaultDispositions.map(({ code }) => code)).toEqual([
    'answered',
    'voicemail',
    'busy',
    'no_answer',
    'wrong_number',
    'callback_requested',
    'not_interested',
    'interested',
    'appointment_set',
  ]);
});

test('their stages are there, and so are the dispositions that calls and the sample journey apply', () => {
  const stages = defaultStages.map(({ name }) => name);
  for (const { stage } of defaultDispositions) if (stage !== null) expect(stages).toContain(stage);
  const codes = defaultDispositions.map(({ code }) => code);
  // A failed call met nobody and applies none.
  for (const outcome of callOutcomes) if (outcome !== 'failed') expect(codes).toContain(outcome);
  for (const step of sampleJourney.steps) {
    if (step.kind === 'disposition') expect(codes).toContain(step.disposition);
    if (step.kind === 'set_stage') expect(stages).toContain(step.stage);
  }
});

test('a workflow id is its business key, organisation first', () => {
  const key = { organizationId: 'o', campaignId: 'c', leadId: 'l' };
  expect(journeyWorkflowId(key)).toBe('o/journey/c/l');
  expect(launchWorkflowId({ organizationId: 'o', launchId: 'x' })).toBe('o/launch/x');
});
