/** Who decided what came of a contact. */
export const dispositionSetters = ['ai', 'manual', 'system'] as const;
export type DispositionSetter = (typeof dispositionSetters)[number];

/** A disposition is applied whole or, for a named reason, not at all. */
export type DispositionResult =
  | { outcome: 'applied'; removedFromCampaigns: boolean }
  | {
      outcome: 'refused';
      code: 'PIPELINE_STAGE_NOT_FOUND';
      stage: string;
      requiredAction: 'create_pipeline_stage';
    }
  | { outcome: 'refused'; code: 'UNKNOWN_DISPOSITION' };

/** What a disposition sets in motion; null or false leaves things as they are. */
export type DispositionRules = {
  code: string;
  label: string;
  leadStatus: string | null;
  stage: string | null;
  autoCreateStage: boolean;
  removeFromCampaigns: boolean;
  addToDnc: boolean;
  callbackAfterMinutes: number | null;
  followUpTask: string | null;
};

const rule = (code: string, label: string, rules: Partial<DispositionRules> = {}): DispositionRules => ({
  code,
  label,
  leadStatus: null,
  stage: null,
  autoCreateStage: false,
  removeFromCampaigns: false,
  addToDnc: false,
  callbackAfterMinutes: null,
  followUpTask: null,
  ...rules,
});

/** What a new organisation begins with; all of it can be changed. */
export const defaultDispositions: readonly DispositionRules[] = [
  rule('answered', 'Answered', { leadStatus: 'contacted', stage: 'Contacted' }),
  rule('voicemail', 'Voicemail', { leadStatus: 'attempted' }),
  rule('busy', 'Busy', { leadStatus: 'attempted' }),
  rule('no_answer', 'No answer', { leadStatus: 'attempted' }),
  rule('wrong_number', 'Wrong number', {
    leadStatus: 'wrong_number',
    stage: 'Lost',
    removeFromCampaigns: true,
    addToDnc: true,
  }),
  rule('callback_requested', 'Callback requested', {
    leadStatus: 'callback',
    stage: 'Contacted',
    callbackAfterMinutes: 24 * 60,
  }),
  rule('not_interested', 'Not interested', {
    leadStatus: 'not_interested',
    stage: 'Lost',
    removeFromCampaigns: true,
  }),
  rule('interested', 'Interested', {
    leadStatus: 'interested',
    stage: 'Interested',
    followUpTask: 'Speak to an interested lead',
  }),
  rule('appointment_set', 'Appointment set', {
    leadStatus: 'appointment',
    stage: 'Appointment',
    removeFromCampaigns: true,
  }),
];

/** The stages of a new organisation's pipeline, in order, with the chance of a win. */
export const defaultStages: readonly { name: string; color: string; probability: number }[] = [
  { name: 'New', color: '#64748b', probability: 0.05 },
  { name: 'Contacted', color: '#0ea5e9', probability: 0.15 },
  { name: 'Interested', color: '#8b5cf6', probability: 0.4 },
  { name: 'Appointment', color: '#f59e0b', probability: 0.6 },
  { name: 'Won', color: '#10b981', probability: 1 },
  { name: 'Lost', color: '#ef4444', probability: 0 },
];
