import type { CustomField } from '../../data/leads.ts';

/** What each type of a custom field takes. */
export const typeWords: Record<CustomField['type'], string> = {
  text: 'Text',
  number: 'Number',
  date: 'Date',
  boolean: 'Yes or no',
  select: 'One of a list',
};
