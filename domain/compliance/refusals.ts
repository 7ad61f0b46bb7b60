/**
 * Every reason for which a touch or a launch may be refused: one list for preflight, gate, timeline, API, metrics and
 * documents. `effect` is what the journey does about it:
 * `skip` the step and go on · `end` the journey · `wait` until the given time · `hold` until somebody changes something.
 */
export const refusals = {
  INVALID_PHONE: {
    severity: 'critical',
    effect: 'end',
    message: 'The lead has no phone number that can be reached.',
  },
  OPTED_OUT: {
    severity: 'critical',
    effect: 'end',
    message: 'The number has opted out of this organisation.',
  },
  DNC_VIOLATION: { severity: 'critical', effect: 'end', message: 'The number is on a do-not-call list.' },
  NO_CONSENT: {
    severity: 'high',
    effect: 'skip',
    message: 'No consent is on record and the campaign demands it.',
  },
  LEAD_BLOCKED: { severity: 'high', effect: 'end', message: 'The lead is blocked.' },
  ALREADY_ENROLLED: {
    severity: 'medium',
    effect: 'skip',
    message: 'The lead already has a journey in this campaign.',
  },
  RECENT_SMS: { severity: 'low', effect: 'skip', message: 'The number was texted a short while ago.' },
  RECENT_REPLY: {
    severity: 'low',
    effect: 'skip',
    message: 'The lead has just replied; a person should read it first.',
  },
  QUIET_HOURS: {
    severity: 'low',
    effect: 'wait',
    message: 'It is outside the calling hours where the lead may be.',
  },
  CAP_REACHED: { severity: 'low', effect: 'wait', message: 'Our number has reached its daily cap.' },
  CALLER_ID_MISSING: {
    severity: 'critical',
    effect: 'hold',
    message: 'There is no active number to call from.',
  },
  SMS_NOT_SUPPORTED: { severity: 'critical', effect: 'skip', message: 'None of the numbers can send texts.' },
  CAMPAIGN_PAUSED: { severity: 'low', effect: 'hold', message: 'The campaign is paused.' },
  LAUNCH_PAUSED: { severity: 'low', effect: 'hold', message: 'The launch is paused.' },
  LAUNCH_CANCELLED: { severity: 'low', effect: 'end', message: 'The launch was cancelled.' },
  SENDING_STOPPED: { severity: 'high', effect: 'hold', message: 'Sending is stopped for the organisation.' },
  MISSING_VARIABLE: {
    severity: 'high',
    effect: 'skip',
    message: 'The template names a field that the lead does not have.',
  },
} as const satisfies Record<string, RefusalRule>;

export type RefusalRule = {
  severity: 'low' | 'medium' | 'high' | 'critical';
  effect: 'skip' | 'end' | 'wait' | 'hold';
  message: string;
};

export type RefusalCode = keyof typeof refusals;

export const refusalCodes = Object.keys(refusals) as RefusalCode[];

/** What a journey does about that refusal. */
export function refusalEffect(code: RefusalCode): RefusalRule['effect'] {
  return refusals[code].effect;
}
