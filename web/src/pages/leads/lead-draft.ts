import type { LeadInput } from '../../data/leads.ts';
import type { Lead } from '../../data/types.ts';

/** The plain text fields of a lead, in the order of the form. */
export const textFields = [
  { name: 'firstName', label: 'First name', max: 200 },
  { name: 'lastName', label: 'Last name', max: 200 },
  { name: 'company', label: 'Company', max: 300 },
  { name: 'email', label: 'E-mail', max: 320, type: 'email' },
  { name: 'address', label: 'Address', max: 500 },
  { name: 'city', label: 'City', max: 200 },
  { name: 'state', label: 'State', max: 100 },
  { name: 'postalCode', label: 'Postal code', max: 20 },
  { name: 'country', label: 'Country', max: 60 },
  { name: 'source', label: 'Source', max: 100 },
] as const satisfies { name: string; label: string; max: number; type?: string }[] as readonly {
  name: TextField;
  label: string;
  max: number;
  type?: string;
}[];

type TextField =
  | 'firstName'
  | 'lastName'
  | 'company'
  | 'email'
  | 'address'
  | 'city'
  | 'state'
  | 'postalCode'
  | 'country'
  | 'source';

/** A lead as a form holds it: nothing is null, and an empty text means that there is nothing. */
export type LeadDraft = Record<TextField | 'phone' | 'externalId' | 'defaultCountry', string> & {
  tags: string[];
  customFields: Record<string, string>;
};

export const emptyDraft: LeadDraft = {
  phone: '',
  defaultCountry: 'US',
  externalId: '',
  firstName: '',
  lastName: '',
  company: '',
  email: '',
  address: '',
  city: '',
  state: '',
  postalCode: '',
  country: '',
  source: '',
  tags: [],
  customFields: {},
};

export function draftOf(lead: Lead): LeadDraft {
  const draft: LeadDraft = { ...emptyDraft, phone: lead.phone, externalId: lead.externalId ?? '' };
  for (const { name } of textFields) draft[name] = lead[name] ?? '';
  return { ...draft, tags: lead.tags, customFields: lead.customFields };
}

/** What was changed, as the API takes it: an emptied field is null, an emptied name stays a text. */
export function changesOf(draft: LeadDraft, before: LeadDraft): LeadInput {
  const changes: LeadInput = {};
  for (const { name } of textFields) {
    const text = draft[name].trim();
    if (text === before[name]) continue;
    if (name === 'firstName' || name === 'lastName') changes[name] = text;
    else changes[name] = text === '' ? null : text;
  }
  const phone = draft.phone.trim();
  if (phone !== before.phone) Object.assign(changes, { phone, defaultCountry: draft.defaultCountry });
  const externalId = draft.externalId.trim();
  if (externalId !== before.externalId) changes.externalId = externalId === '' ? null : externalId;
  if (draft.tags.join('\n') !== before.tags.join('\n')) changes.tags = draft.tags;
  const custom = Object.entries(draft.customFields)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([name, value]) => value !== (before.customFields[name] ?? ''));
  if (custom.length > 0) {
    changes.customFields = Object.fromEntries(
      custom.map(([name, value]) => [name, value === '' ? null : value]),
    );
  }
  return changes;
}
