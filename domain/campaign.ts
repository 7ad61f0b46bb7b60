import type { ResumePolicy } from './compliance/pauses.ts';

/** ISO: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Hours of one day as `HH:MM`, the end not included; in the lead's own time. */
export type DailyHours = { from: string; to: string };

/** How a campaign sends; every field has a sane default, so a campaign works before anybody opens its settings. */
export type CampaignSettings = {
  /** An automated text is refused when the number was texted within this many hours. */
  recentSmsHours: number;
  /** … or when the lead wrote to us within this many hours. */
  recentReplyHours: number;
  /** Refuse when there is no recorded opt-in. */
  requireConsent: boolean;
  /** The campaign's own hours, within those of the law; a weekday that is missing is closed. Null = as the law allows. */
  hours: Partial<Record<Weekday, DailyHours>> | null;
  /** Local dates, YYYY-MM-DD, on which nothing is sent. */
  holidays: string[];
  /** Local dates, YYYY-MM-DD, of the campaign's first and last day; null = no limit. */
  startsOn: string | null;
  endsOn: string | null;
  /** What becomes of the waits that a pause has run into. */
  resumePolicy: ResumePolicy;
  /** Ids of the numbers of ours that it contacts people from; null = all that the organisation has. */
  numberIds: string[] | null;
};

/** Source of 24 h and 4 h: requirement of the outbound dial system this product grew from. */
export const defaultCampaignSettings: CampaignSettings = {
  recentSmsHours: 24,
  recentReplyHours: 4,
  requireConsent: false,
  hours: null,
  holidays: [],
  startsOn: null,
  endsOn: null,
  resumePolicy: 'keep',
  numberIds: null,
};
