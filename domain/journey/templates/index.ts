import { appointmentReminder } from './appointment-reminder.ts';
import { missedYou } from './missed-you.ts';
import { reEngagement } from './re-engagement.ts';
import { renewalNotice } from './renewal-notice.ts';
import { speedToLead } from './speed-to-lead.ts';
import type { JourneyTemplate } from './template.ts';

/** The ready-made journeys, as they are offered. */
export const journeyTemplates: readonly JourneyTemplate[] = [
  speedToLead,
  appointmentReminder,
  reEngagement,
  missedYou,
  renewalNotice,
];

/** Undefined when there is none of that id. */
export function findJourneyTemplate(id: string): JourneyTemplate | undefined {
  return journeyTemplates.find((template) => template.id === id);
}
