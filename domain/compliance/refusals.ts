/**
 * Every reason for which a touch or a launch may be refused: one list for preflight, gate, timeline, API, metrics and
 * documents. `effect` is what the journey does about it:
 * `skip` the step and go on · `end` the journey · `wait` until the given time · `hold` until somebody changes something.
 * `action` is what a person can do about it; `label` its short name where the code's own words would not do.
 */
export const refusals = {
  INVALID_PHONE: {
    severity: 'critical',
    effect: 'end',
    message: 'The lead has no phone number that can be reached.',
    action: 'Correct the lead’s phone number and launch the lead again.',
  },
  OPTED_OUT: {
    severity: 'critical',
    effect: 'end',
    message: 'The number has opted out of this organisation.',
    action: 'Nothing: only the person can opt in again, by START or in writing.',
  },
  DNC_VIOLATION: {
    label: 'Do-not-call list',
    severity: 'critical',
    effect: 'end',
    message: 'The number is on a do-not-call list.',
    action: 'Leave this person alone; an entry of your own list may be lifted by an admin.',
  },
  NO_CONSENT: {
    severity: 'high',
    effect: 'skip',
    message: 'No consent is on record and the campaign demands it.',
    action: 'Record the person’s opt-in with its source, or launch without this lead.',
  },
  LEAD_BLOCKED: {
    severity: 'high',
    effect: 'end',
    message: 'The lead is blocked.',
    action: 'Lift the block on the lead’s page when its reason is gone.',
  },
  ALREADY_ENROLLED: {
    severity: 'medium',
    effect: 'skip',
    message: 'The lead already has a journey in this campaign.',
    action: 'Nothing: a lead goes through a campaign once.',
  },
  RECENT_SMS: {
    label: 'Texted recently',
    severity: 'low',
    effect: 'skip',
    message: 'The number was texted a short while ago.',
    action: 'Put a longer wait before the step, or mark the text as urgent.',
  },
  RECENT_REPLY: {
    severity: 'low',
    effect: 'skip',
    message: 'The lead has just replied; a person should read it first.',
    action: 'Answer the lead by hand.',
  },
  EXPIRED: {
    severity: 'low',
    effect: 'skip',
    message: 'The message is no longer worth sending.',
    action: 'Nothing: its shelf life was over before it could go out.',
  },
  QUIET_HOURS: {
    severity: 'low',
    effect: 'wait',
    message: 'It is outside the calling hours where the lead may be.',
    action:
      'Nothing: it goes out when the hours begin. Without a known zone it never does; complete the address.',
  },
  CAMPAIGN_HOURS: {
    severity: 'low',
    effect: 'wait',
    message: 'It is outside the campaign’s own hours, or a holiday of it.',
    action: 'Nothing: it goes out in the campaign’s next hours.',
  },
  CAMPAIGN_ENDED: {
    severity: 'low',
    effect: 'end',
    message: 'The campaign’s last day is over where the lead is.',
    action: 'Move the campaign’s last day before launching into it again.',
  },
  CAP_REACHED: {
    severity: 'low',
    effect: 'wait',
    message: 'Our number has reached its daily cap.',
    action: 'Add a number, or raise the cap if the carrier allows it.',
  },
  STATE_CAP_REACHED: {
    severity: 'medium',
    effect: 'wait',
    message: 'The law of the lead’s state allows no further approach within 24 hours.',
    action: 'Nothing: it goes out when the 24 hours are over.',
  },
  LANE_CAP_REACHED: {
    severity: 'low',
    effect: 'wait',
    message: 'The person has heard from this organisation as often as is allowed in a day or week.',
    action: 'Nothing: it goes out when the oldest touch no longer counts.',
  },
  TOO_SOON: {
    severity: 'low',
    effect: 'wait',
    message: 'The least time between two touches of one person is not over.',
    action: 'Nothing: it goes out when that time is over.',
  },
  CONVERSATION_OPEN: {
    severity: 'low',
    effect: 'wait',
    message: 'Another campaign waits for this person’s answer.',
    action: 'Nothing: it goes out when that wait is over.',
  },
  CONSENT_UNCLEAR: {
    severity: 'high',
    effect: 'hold',
    message: 'A reply of this person may be a refusal; somebody has to read it.',
    action: 'Read the reply and say whether it was an opt-out.',
  },
  RATE_LIMITED: {
    severity: 'low',
    effect: 'wait',
    message: 'As many touches go out as the numbers can carry; this one has its place in the queue.',
    action: 'Nothing, or add numbers.',
  },
  CARRIER_DOWN: {
    severity: 'high',
    effect: 'wait',
    message: 'The carrier is out of order; nothing is asked of it for a while.',
    action: 'Look at the carrier’s status page. Journeys go on by themselves.',
  },
  CALLER_ID_MISSING: {
    label: 'No number to call from',
    severity: 'critical',
    effect: 'hold',
    message: 'There is no active number to call from.',
    action: 'Add or activate a number that can call.',
  },
  SMS_NOT_SUPPORTED: {
    label: 'No number for texts',
    severity: 'critical',
    effect: 'skip',
    message: 'None of the numbers can send texts.',
    action: 'Add or activate a number that can send texts.',
  },
  CAMPAIGN_PAUSED: {
    severity: 'low',
    effect: 'hold',
    message: 'The campaign is paused.',
    action: 'Resume the campaign.',
  },
  LAUNCH_PAUSED: {
    severity: 'low',
    effect: 'hold',
    message: 'The launch is paused.',
    action: 'Resume the launch.',
  },
  LAUNCH_CANCELLED: {
    severity: 'low',
    effect: 'end',
    message: 'The launch was cancelled.',
    action: 'Nothing: launch the leads again if they shall be contacted.',
  },
  SENDING_STOPPED: {
    severity: 'high',
    effect: 'hold',
    message: 'Sending is stopped for the organisation.',
    action: 'Let the organisation, or the installation, send again.',
  },
  WAIT_NOT_OVER: {
    severity: 'low',
    effect: 'wait',
    message: 'A pause ran into the wait before this step; what remained of the wait remains.',
    action: 'Nothing, or reschedule the journey.',
  },
  MISSING_VARIABLE: {
    severity: 'high',
    effect: 'skip',
    message: 'The template names a field that the lead does not have.',
    action: 'Complete the lead, or give the variable a fallback: {{first_name|there}}.',
  },
} as const satisfies Record<string, RefusalRule>;

export type RefusalRule = {
  label?: string;
  severity: 'low' | 'medium' | 'high' | 'critical';
  effect: 'skip' | 'end' | 'wait' | 'hold';
  message: string;
  action: string;
};

export type RefusalCode = keyof typeof refusals;

export const refusalCodes = Object.keys(refusals) as RefusalCode[];

/** What a journey does about that refusal. */
export function refusalEffect(code: RefusalCode): RefusalRule['effect'] {
  return refusals[code].effect;
}

/** A code's line of the list with its short name; null for what is none of its codes (another version's, a person's words). */
export function findRefusal(code: string): (RefusalRule & { code: RefusalCode; label: string }) | null {
  if (!Object.hasOwn(refusals, code)) return null;
  const rule: RefusalRule = refusals[code as RefusalCode];
  const words = code.replaceAll('_', ' ').toLowerCase();
  return { label: words[0]!.toUpperCase() + words.slice(1), ...rule, code: code as RefusalCode };
}
