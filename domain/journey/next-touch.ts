import type { CallStep, JourneyDefinition, SmsStep, StepId } from './definition.ts';
import { requireStep } from './definition.ts';

/** The next step that contacts the lead. `certain` false: a reply that comes first leads elsewhere. */
export type NextTouch = { step: SmsStep | CallStep; certain: boolean };

/**
 * Where a journey that rests at a step comes to next, if it is left alone; null when it ends without another touch, or
 * when a branch decides and nobody can say yet.
 */
export function nextTouch(definition: JourneyDefinition, from: StepId): NextTouch | null {
  let stepId = from;
  let certain = true;
  const seen = new Set<StepId>();
  while (!seen.has(stepId)) {
    seen.add(stepId);
    const step = requireStep(definition, stepId);
    switch (step.kind) {
      case 'sms':
      case 'call':
        return { step, certain };
      case 'wait_for_reply':
        stepId = step.onTimeout;
        certain = false;
        break;
      case 'wait':
      case 'set_stage':
      case 'disposition':
        stepId = step.next;
        break;
      case 'branch':
      case 'end':
        return null;
    }
  }
  return null;
}
