/** The kinds of telephone line that matter to a campaign: only some can receive a text. */
export type LineType = 'mobile' | 'landline' | 'voip' | 'toll_free' | 'other';

/** `lineType` is null when the carrier does not know it: unknown, not "cannot be texted". */
type LookupResult = { valid: boolean; lineType: LineType | null };

/** The port to whoever knows telephone numbers. Faults as in `MessagingProvider`; a look-up changes nothing. */
export type LookupProvider = {
  /** What is known about an E.164 number; one that cannot exist is `valid: false`, not an error. */
  lookupNumber(e164: string): Promise<LookupResult>;
};
