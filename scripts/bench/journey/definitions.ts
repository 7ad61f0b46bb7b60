import type { JourneyDefinition, Step } from '#domain/journey/definition.ts';

/** So many texts, each with a wait behind it. Ids are of one length, so that every touch weighs the same. */
export function textsAndWaits(count: number): JourneyDefinition {
  const id = (kind: string, index: number) => `${kind}-${String(index).padStart(2, '0')}`;
  const steps = Array.from({ length: count }, (_, index): Step[] => [
    { id: id('text', index), kind: 'sms', body: 'Hello {{first_name|there}}', next: id('wait', index) },
    {
      id: id('wait', index),
      kind: 'wait',
      for: '2d',
      next: index + 1 < count ? id('text', index + 1) : 'end',
    },
  ]).flat();
  return { start: id('text', 0), steps: [...steps, { id: 'end', kind: 'end' }] };
}

const moment = '1s';

/**
 * The same journey with every wait cut to a moment: its history has the same events. Texts become urgent, because the
 * gate would hold the second one back for a day.
 */
export function hurried(definition: JourneyDefinition): JourneyDefinition {
  return { ...definition, steps: definition.steps.map(hurriedStep) };
}

function hurriedStep(step: Step): Step {
  switch (step.kind) {
    case 'sms':
      return { ...step, urgent: true };
    case 'call':
      return { ...step, retryAfter: moment };
    case 'wait':
      return { id: step.id, kind: 'wait', for: moment, next: step.next };
    case 'wait_for_reply':
      return { ...step, timeout: moment };
    default:
      return step;
  }
}
