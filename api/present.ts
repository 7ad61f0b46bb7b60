import { findRefusal } from '#domain/compliance/refusals.ts';
import { formatPhone } from '#domain/phone.ts';
import type { JourneyRow } from '#db/queries/journeys.ts';
import type { MemberRow } from '#db/queries/launches.ts';
import type { LeadRow } from '#db/queries/leads.ts';
import type { ApiConfig } from './config.ts';
import type { Journey } from './schemas/journey.ts';
import type { LaunchMember } from './schemas/launch.ts';
import type { Lead } from './schemas/lead.ts';

/*
 * What rows become on their way out: the same, with what people read beside what programs read.
 */

export function toLead(row: LeadRow): Lead {
  return { ...row, phoneFormatted: formatPhone(row.phone) };
}

export function toJourney(row: JourneyRow, config: Pick<ApiConfig, 'temporal' | 'temporalWebUrl'>): Journey {
  const { namespace } = config.temporal;
  return {
    ...row,
    lead: { ...row.lead, phoneFormatted: formatPhone(row.lead.phone) },
    waitingMessage: row.waitingCode === null ? null : refusalMessage(row.waitingCode),
    temporalUrl: config.temporalWebUrl
      ? `${config.temporalWebUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(row.workflowId)}`
      : null,
  };
}

/** With what can be done about each problem, by the list of today. */
export function toMember({ problems, ...member }: MemberRow): LaunchMember {
  return {
    ...member,
    problems: problems.map((problem) => ({
      ...problem,
      stepId: problem.stepId ?? null,
      action: findRefusal(problem.code)?.action ?? null,
    })),
  };
}

/** A refusal's code in words; a code of another version of the product stands for itself. */
export function refusalMessage(code: string): string {
  return findRefusal(code)?.message ?? code;
}
