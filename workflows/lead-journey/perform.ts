import type { Command, JourneyEvent } from '#domain/journey/state.ts';
import { local, touch } from '../activity-options.ts';
import type { LeadJourneyInput } from './messages.ts';

/** An event without its instant; the driver stamps it when it takes it. */
export type Outcome = JourneyEvent extends infer E
  ? E extends JourneyEvent
    ? Omit<E, 'atMs'>
    : never
  : never;

/** Carries out one command that is not a rest, and says what came of it. A new kind of command is a new case. */
export async function perform(input: LeadJourneyInput, command: Command): Promise<Outcome | null> {
  const { organizationId, journeyId, leadId } = input;
  switch (command.do) {
    case 'send-text': {
      const { stepId, touchKey, expiresAtMs } = command;
      const request = { organizationId, journeyId, stepId, touchKey, ...(expiresAtMs && { expiresAtMs }) };
      const result = await touch.sendText.executeWithOptions({ summary: touchKey }, [request]);
      return { type: 'touch-ended', touchKey, result };
    }
    case 'place-call': {
      const { stepId, touchKey, attempt } = command;
      const request = { organizationId, journeyId, stepId, touchKey, attempt };
      const result = await touch.placeCall.executeWithOptions({ summary: touchKey }, [request]);
      return { type: 'touch-ended', touchKey, result };
    }
    case 'ask-carrier': {
      const { touchKey } = command;
      const outcome = await touch.askCarrier({ organizationId, journeyId, touchKey });
      return outcome === null
        ? { type: 'call-going-on', touchKey }
        : { type: 'call-ended', touchKey, outcome };
    }
    case 'check-lead': {
      const matches = await local.checkLead({ organizationId, leadId, conditions: command.conditions });
      return { type: 'lead-checked', matches };
    }
    case 'apply-disposition': {
      const { disposition, touchKey } = command;
      const result = await local.applyDisposition({
        organizationId,
        leadId,
        journeyId,
        disposition,
        setBy: 'system',
        userId: null,
        confidence: null,
        // Keys of different journeys of one lead must not meet.
        applicationKey: `${journeyId}:${touchKey}`,
        metadata: { touchKey },
      });
      const applied = result.outcome === 'applied';
      const refused = applied ? null : result.code;
      const remove = applied && result.removedFromCampaigns;
      return { type: 'disposition-applied', touchKey, disposition, refused, remove };
    }
    case 'set-stage': {
      const { stage, autoCreate, touchKey } = command;
      const applicationKey = `${journeyId}:${touchKey}`;
      const result = await local.setStage({
        organizationId,
        journeyId,
        leadId,
        stage,
        autoCreate,
        applicationKey,
      });
      return { type: 'stage-set', touchKey, refused: result === 'set' ? null : result };
    }
    case 'rest':
    case 'finish':
      return null;
  }
}
