import type { CampaignSettings } from '../campaign.ts';

/** One of our numbers as the router sees it. */
export type OwnNumber = {
  id: string;
  e164: string;
  canSms: boolean;
  canVoice: boolean;
  areaCode: string | null;
  /** Null = no cap. */
  dailyCap: number | null;
  usedToday: number;
  /** Touches a second that the carrier takes from it. */
  ratePerSecond: number;
};

/** Those of our numbers that a campaign contacts people from. */
export function numbersOf(
  { numberIds }: Pick<CampaignSettings, 'numberIds'>,
  numbers: OwnNumber[],
): OwnNumber[] {
  return numberIds === null ? numbers : numbers.filter(({ id }) => numberIds.includes(id));
}

export type NumberChoice =
  | { found: true; number: OwnNumber; because: 'conversation' | 'local_presence' | 'least_used' }
  | { found: false; because: 'no_number' | 'no_capability' | 'cap_reached' };

/**
 * Chooses the number to contact a lead from: the one this lead already knows, else one of the lead's own area code,
 * else the least used today. A number without the capability or over its cap is never chosen.
 */
export function chooseNumber(
  numbers: OwnNumber[],
  touch: { channel: 'sms' | 'call'; areaCode: string | null; conversationNumber: string | null },
): NumberChoice {
  if (numbers.length === 0) return { found: false, because: 'no_number' };
  const capable = numbers.filter((number) => (touch.channel === 'sms' ? number.canSms : number.canVoice));
  if (capable.length === 0) return { found: false, because: 'no_capability' };
  const free = capable.filter((number) => number.dailyCap === null || number.usedToday < number.dailyCap);
  if (free.length === 0) return { found: false, because: 'cap_reached' };
  const known = free.find((number) => number.e164 === touch.conversationNumber);
  if (known) return { found: true, number: known, because: 'conversation' };
  const byUse = [...free].sort((a, b) => a.usedToday - b.usedToday || (a.e164 < b.e164 ? -1 : 1));
  const local = byUse.find((number) => number.areaCode !== null && number.areaCode === touch.areaCode);
  if (local) return { found: true, number: local, because: 'local_presence' };
  return { found: true, number: byUse[0]!, because: 'least_used' };
}
