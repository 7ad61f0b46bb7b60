import type { JourneyDefinition, Step } from './definition.ts';

/** The same journey with nothing in it of what is said to people: enough to decide what comes next. */
export function withoutWords(definition: JourneyDefinition): JourneyDefinition {
  return { ...definition, steps: definition.steps.map(stepWithoutWords) };
}

function stepWithoutWords(step: Step): Step {
  switch (step.kind) {
    case 'sms':
      return { ...step, body: '' };
    case 'call':
      return { ...step, say: '', ...(step.voicemail === undefined ? {} : { voicemail: '' }) };
    default:
      return step;
  }
}
