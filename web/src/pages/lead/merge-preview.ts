import type { Lead } from '../../data/types.ts';

/** What a merge shows side by side. */
const mergedFields = [
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['company', 'Company'],
  ['phone', 'Phone'],
  ['email', 'E-mail'],
  ['address', 'Address'],
  ['city', 'City'],
  ['state', 'State'],
  ['postalCode', 'Postal code'],
  ['country', 'Country'],
  ['source', 'Source'],
  ['externalId', 'External id'],
] as const;

export type MergeLine = {
  label: string;
  /** What the survivor will have. */
  result: string;
  /** The duplicate's value, where it is given up. */
  lost: string | null;
  /** Whether the value comes from the duplicate. */
  gained: boolean;
};

/**
 * What the survivor will have after a merge: its own fields, the duplicate's where it has none, and the tags and custom
 * fields of both. Only lines that either of them has anything for.
 */
export function mergePreview(
  survivor: Lead,
  duplicate: Lead,
  labelOf: (customField: string) => string,
): MergeLine[] {
  const lines = mergedFields.map(([key, label]) => line(label, survivor[key] ?? '', duplicate[key] ?? ''));
  const names = new Set([...Object.keys(survivor.customFields), ...Object.keys(duplicate.customFields)]);
  for (const name of names) {
    lines.push(line(labelOf(name), survivor.customFields[name] ?? '', duplicate.customFields[name] ?? ''));
  }
  const tags = [...new Set([...survivor.tags, ...duplicate.tags])];
  lines.push({
    label: 'Tags',
    result: tags.join(', '),
    lost: null,
    gained: tags.length > survivor.tags.length,
  });
  lines.push(line('Stage', survivor.stage?.name ?? '', duplicate.stage?.name ?? ''));
  return lines.filter(({ result }) => result !== '');
}

function line(label: string, own: string, other: string): MergeLine {
  if (own === '') return { label, result: other, lost: null, gained: other !== '' };
  return { label, result: own, lost: other !== '' && other !== own ? other : null, gained: false };
}
