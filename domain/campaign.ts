/** How a campaign sends; every field has a sane default, so a campaign works before anybody opens its settings. */
export type CampaignSettings = {
  /** An automated text is refused when the number was texted within this many hours. */
  recentSmsHours: number;
  /** … or when the lead wrote to us within this many hours. */
  recentReplyHours: number;
  /** Refuse when there is no recorded opt-in. */
  requireConsent: boolean;
};

/** Source: requirement of the outbound dial system this product grew from: 24 h and 4 h. */
export const defaultCampaignSettings: CampaignSettings = {
  recentSmsHours: 24,
  recentReplyHours: 4,
  requireConsent: false,
};
