import { proxyActivities, sleep } from '@temporalio/workflow';
import { requireDurationMs } from '#domain/duration.ts';
import { requireStep } from '#domain/journey/definition.ts';
import type { TimelineEntry } from '#domain/journey/state.ts';
import type { Activities } from '#activities/index.ts';
import type { LeadJourneyInput } from '#workflows/lead-journey/messages.ts';
import type { PlainActivities } from '../journey/plain-activities.ts';

const plain = proxyActivities<PlainActivities & Pick<Activities, 'loadJourney'>>({
  startToCloseTimeout: '1 minute',
});

/** A journey of texts and waits as a first workflow would have it: every piece of work an ordinary activity. */
export async function plainJourney(input: LeadJourneyInput): Promise<{ status: string }> {
  const { organizationId, journeyId } = input;
  const { definition } = await plain.loadJourney({ organizationId, journeyId });
  let told = 0;
  let visit = 0;
  for (let stepId: string | null = definition.start; stepId !== null;) {
    const step = requireStep(definition, stepId);
    visit += 1;
    const touchKey = `${step.id}:${visit}`;
    const note = (kind: string): TimelineEntry => ({ atMs: Date.now(), kind, stepId: step.id, data: {} });
    const project = (
      status: 'active' | 'completed',
      waitingUntilMs: number | null,
      timeline: TimelineEntry[],
    ) => {
      const firstSeq = told;
      told += timeline.length;
      const waitingFor = waitingUntilMs === null ? null : 'timer';
      const nothing = { endReason: null, waitingCode: null, lastDisposition: null, wait: null };
      const where = { status, stepId: step.id, waitingFor, waitingUntilMs, ...nothing };
      return plain.plainProject({ organizationId, journeyId, revision: told, firstSeq, timeline, ...where });
    };
    switch (step.kind) {
      case 'sms': {
        const touch = { organizationId, journeyId, stepId: step.id, touchKey };
        const gate = await plain.plainGate(touch);
        const touchId = await plain.plainReserve(touch, gate);
        const { subject, decision, body } = gate;
        const { phone: to } = subject;
        const { number } = decision;
        const message = await plain.plainSend({ organizationId, touchId, to, from: number.e164, body });
        await plain.plainRecord({ organizationId, touchId, message });
        stepId = step.next;
        break;
      }
      case 'wait': {
        const waitMs = requireDurationMs(step.for ?? '');
        await project('active', Date.now() + waitMs, [note('text-sent'), note('waiting')]);
        await sleep(waitMs);
        stepId = step.next;
        break;
      }
      case 'end':
        await project('completed', null, [note('journey-completed')]);
        stepId = null;
        break;
      default:
        throw new Error(`The plain journey has no step of the kind ${step.kind}`);
    }
  }
  return { status: 'completed' };
}
