import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { CallOutcome } from '#domain/carrier-status.ts';
import type { DispositionResult } from '#domain/disposition.ts';
import type { ReplyIntent } from '#domain/compliance/reply-intent.ts';
import type { JourneyState, TimelineEntry } from '#domain/journey/state.ts';

/** Ids only: what a lead is called, their number and what they wrote stay in the database. */
export type LeadJourneyInput = {
  organizationId: string;
  journeyId: string;
  leadId: string;
  campaignId: string;
  launchId: string;
};

/** The name under which clients start it. */
export const leadJourneyWorkflow = 'leadJourney';

/** A text from the lead. `messageId` makes a repeated delivery of the same text count once. */
export const inboundSmsSignal = defineSignal<[{ messageId: string; intent: ReplyIntent }]>('inbound-sms');

/** The final outcome of the call placed under that touch key. */
export const callStatusSignal = defineSignal<[{ touchKey: string; outcome: CallOutcome }]>('call-status');

export const optOutSignal = defineSignal('opt-out');
export const pauseSignal = defineSignal('pause');
export const resumeSignal = defineSignal('resume');
export const removeSignal = defineSignal<[{ reason: string }]>('remove');

/** Moves the end of the present wait; instants are epoch milliseconds. */
export const rescheduleSignal = defineSignal<[{ untilMs: number }]>('reschedule');

/** Whatever the gate held this journey for may be over. */
export const wakeSignal = defineSignal('wake');

export type ApplyDispositionRequest = {
  disposition: string;
  setBy: 'manual' | 'ai';
  userId: string | null;
  /** 0–1, when an AI set it. */
  confidence: number | null;
  /** The same key again is answered with the first result. */
  applicationKey: string;
};

/** Fails with `JOURNEY_ENDED` when there is nothing left to apply it to. */
export const applyDispositionUpdate = defineUpdate<DispositionResult, [ApplyDispositionRequest]>(
  'apply-disposition',
);

/** Leaves the step that the journey rests in; answers with the step it is at then. Fails with `NOT_RESTING`. */
export const skipStepUpdate = defineUpdate<{ stepId: string }, []>('skip-step');

export const stateQuery = defineQuery<JourneyState>('state');

/** The lines not yet written to the database come last. Kept to the newest 200; the whole is in the database. */
export const timelineQuery = defineQuery<TimelineEntry[]>('timeline');
