import { plausibleZones } from '#domain/compliance/lead-zones.ts';
import type { LeadFields } from '#db/queries/lead-merge.ts';

/** What a file or a CRM says about a person. Undefined: it says nothing; null: it says "empty". */
export type GivenLead = Partial<Omit<LeadFields, 'phone' | 'rawPhone' | 'timeZones'>> &
  Pick<LeadFields, 'phone' | 'rawPhone'>;

const unsaid: Omit<LeadFields, 'phone' | 'rawPhone' | 'timeZones'> = {
  externalId: null,
  firstName: '',
  lastName: '',
  company: null,
  email: null,
  address: null,
  city: null,
  state: null,
  postalCode: null,
  country: null,
  source: null,
  customFields: {},
  tags: [],
};

/**
 * A lead as it will be: what is given replaces what is there, what is not given stays, custom fields are added to. The
 * zones follow from the whole, because a number and an address each narrow where the person may be.
 */
export function mergeLead(existing: LeadFields | null, given: GivenLead): LeadFields {
  const said = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as GivenLead;
  const merged = { ...unsaid, ...existing, ...said };
  const customFields = { ...existing?.customFields, ...given.customFields };
  const { phone, state, postalCode, country } = merged;
  return { ...merged, customFields, timeZones: plausibleZones({ phone, state, postalCode, country }).zones };
}
