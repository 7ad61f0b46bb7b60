import { bothChannels, weekly } from './rule.ts';
import type { HoursRule } from './rule.ts';

/** No solicitation before 8:00 or after 21:00, local time at the called party's location; kept in other countries too. */
export const federalHours: HoursRule = {
  id: 'us-federal-hours',
  code: 'QUIET_HOURS',
  ruleVersion: 'us-federal-2012-1',
  source: '47 CFR 64.1200(c)(1)',
  since: null,
  readOn: '2026-11-21',
  read: 'text',
  verifyBy: '2027-11-21',
  note: 'Kept for every lead, whatever the consent and also outside the United States, where no rule of ours is stricter.',
  areas: null,
  channels: bothChannels,
  week: weekly({ from: '08:00', to: '21:00' }),
  holidays: [],
};
