import { refusals } from './compliance/refusals.ts';
import type { RefusalCode } from './compliance/refusals.ts';
import type { JourneyDefinition } from './journey/definition.ts';

/** What is looked at before a lead's journey is started. */
export type PreflightFacts = {
  phoneValid: boolean;
  onDnc: boolean;
  optedOut: boolean;
  hasConsent: boolean;
  requireConsent: boolean;
  leadBlocked: boolean;
  alreadyEnrolled: boolean;
};

export type OwnCapabilities = { canSms: boolean; canVoice: boolean };

export type PreflightProblem = { code: RefusalCode; field: string; severity: string; message: string };

/** Every reason for which this lead may not be launched; empty = it may. */
export function preflight(
  facts: PreflightFacts,
  definition: JourneyDefinition,
  numbers: OwnCapabilities[],
): PreflightProblem[] {
  const uses = new Set(definition.steps.map(({ kind }) => kind));
  const problems: PreflightProblem[] = [];
  const refuse = (code: RefusalCode, field: string) => {
    const { severity, message } = refusals[code];
    problems.push({ code, field, severity, message });
  };
  if (!facts.phoneValid) refuse('INVALID_PHONE', 'phone');
  if (facts.onDnc) refuse('DNC_VIOLATION', 'phone');
  if (facts.optedOut) refuse('OPTED_OUT', 'phone');
  if (facts.requireConsent && !facts.hasConsent) refuse('NO_CONSENT', 'phone');
  if (facts.leadBlocked) refuse('LEAD_BLOCKED', 'lead');
  if (facts.alreadyEnrolled) refuse('ALREADY_ENROLLED', 'campaign');
  if (numbers.length === 0 || (uses.has('call') && !numbers.some(({ canVoice }) => canVoice))) {
    refuse('CALLER_ID_MISSING', 'numbers');
  }
  if (numbers.length > 0 && uses.has('sms') && !numbers.some(({ canSms }) => canSms)) {
    refuse('SMS_NOT_SUPPORTED', 'numbers');
  }
  return problems;
}
