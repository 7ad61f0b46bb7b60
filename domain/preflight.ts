import type { CampaignSettings } from './campaign.ts';
import { explain } from './compliance/gate.ts';
import type { GateBlock, GateFacts } from './compliance/gate.ts';
import { refusals } from './compliance/refusals.ts';
import type { RefusalCode } from './compliance/refusals.ts';
import type { OwnNumber } from './dialing/routing.ts';
import type { CallStep, JourneyDefinition, SmsStep } from './journey/definition.ts';
import { missingIn } from './journey/template-variables.ts';
import { defaultOrganizationSettings } from './organization.ts';
import type { OrganizationSettings } from './organization.ts';

/** What is looked at before a lead's journey is started. */
export type PreflightFacts = {
  phoneValid: boolean;
  alreadyEnrolled: boolean;
  leadBlocked: boolean;
  onDnc: boolean;
  /** The newest word of the consent ledger about each channel; null = there is none. */
  consent: Record<'sms' | 'call', 'opt_in' | 'opt_out' | null>;
  /** Every zone the lead may be in; empty = unknown. */
  timeZones: string[];
  /** States of the United States and provinces of Canada the lead may be in. */
  states: string[];
  /** Values for templates; empty ones are left out. */
  variables: Record<string, string>;
};

/** What is the same for everybody in a cohort. */
export type PreflightLaunch = {
  now: Date;
  definition: JourneyDefinition;
  settings: CampaignSettings;
  /** Our active numbers. */
  numbers: OwnNumber[];
};

/** `stepId`: the step that meets it, where it is not the same for all of them. */
export type PreflightProblem = {
  code: RefusalCode;
  field: string;
  severity: string;
  message: string;
  stepId?: string;
};

export type TouchStep = SmsStep | CallStep;

/** The steps that contact somebody, in the order of the definition. */
export function touchSteps({ steps }: JourneyDefinition): TouchStep[] {
  return steps.filter((step): step is TouchStep => step.kind === 'sms' || step.kind === 'call');
}

/** A step's channel as the gate calls it. */
export function channelOf(step: TouchStep): 'sms' | 'call' {
  return step.kind;
}

/**
 * Looks at leads of one cohort: every reason for which a lead may not be launched, in the order in which its journey would
 * meet them; empty = it may. The gate itself judges each step that contacts somebody, so that what is refused here is what
 * it would refuse later: whatever it refuses for good, and a number of ours that is missing. What may be over by then (a
 * recent text, a pause), and what a step is meant to skip (its shelf life), is a warning and no reason.
 */
export function createPreflight(launch: PreflightLaunch): (facts: PreflightFacts) => PreflightProblem[] {
  const judge = createJudge(launch);
  const steps = touchSteps(launch.definition);
  return (facts) => {
    const problems: PreflightProblem[] = facts.alreadyEnrolled ? [problemOf('ALREADY_ENROLLED')] : [];
    const known = new Set<RefusalCode>();
    for (const step of steps) {
      for (const { code } of judge(step, facts).filter(isForGood)) {
        if (!known.has(code)) problems.push(problemOf(code));
        known.add(code);
      }
      for (const { field, variables } of missingIn(step, facts.variables))
        for (const variable of variables) problems.push(missingVariable(step, field, variable));
    }
    return problems;
  };
}

/** Whether the gate will say so as long as nobody changes anything. */
function isForGood({ decision, code }: GateBlock): boolean {
  if (code === 'CALLER_ID_MISSING') return true;
  return decision === 'refuse' && code !== 'RECENT_SMS' && code !== 'RECENT_REPLY';
}

/**
 * The gate's word on a step for a lead, about what is known before the launch. A cohort has few kinds of leads and each
 * kind is judged once, because opening hours take their time.
 */
function createJudge({ now, settings, numbers }: PreflightLaunch) {
  const judged = new Map<string, GateBlock[]>();
  return (step: TouchStep, facts: PreflightFacts): GateBlock[] => {
    const channel = channelOf(step);
    const { phoneValid, leadBlocked, onDnc, timeZones, states } = facts;
    const consent = facts.consent[channel];
    const key = JSON.stringify([channel, phoneValid, leadBlocked, onDnc, consent, timeZones, states]);
    const known = judged.get(key);
    if (known) return known;
    const blocks = explain({
      ...nothingElse,
      now,
      channel,
      settings,
      numbers,
      phoneValid,
      leadBlocked,
      onDnc,
      consent,
      timeZones,
      states,
    });
    judged.set(key, blocks);
    return blocks;
  };
}

/** What a preflight does not look at: it may be otherwise when the touch is due. */
const nothingElse = {
  urgent: false,
  expiresAt: null,
  sendingStopped: false,
  campaignPaused: false,
  launchPaused: false,
  launchCancelled: false,
  consentUnclear: false,
  lastTextAt: null,
  lastReplyAt: null,
  lane: { touches: [], conversationUntil: null },
  laneRules: defaultOrganizationSettings.lane satisfies OrganizationSettings['lane'],
  wait: null,
  pauses: [],
  areaCode: null,
  conversationNumber: null,
  carrierOpenUntil: null,
} satisfies Partial<GateFacts>;

const fields: Partial<Record<RefusalCode, string>> = {
  INVALID_PHONE: 'phone',
  OPTED_OUT: 'phone',
  DNC_VIOLATION: 'phone',
  NO_CONSENT: 'phone',
  LEAD_BLOCKED: 'lead',
  QUIET_HOURS: 'timeZones',
  CALLER_ID_MISSING: 'numbers',
  SMS_NOT_SUPPORTED: 'numbers',
};

/** A refusal of the list as a member of a launch bears it. */
export function problemOf(code: RefusalCode): PreflightProblem {
  const { severity, message } = refusals[code];
  return { code, field: fields[code] ?? 'campaign', severity, message };
}

function missingVariable(step: TouchStep, field: string, variable: string): PreflightProblem {
  const problem = problemOf('MISSING_VARIABLE');
  const where = `Step “${step.id}”, ${field}: {{${variable}}}.`;
  return { ...problem, field: variable, message: `${problem.message} ${where}`, stepId: step.id };
}
