import type { Twin } from '#db/queries/import-staging.ts';

export type Duplicate = { line: number; firstLine: number };

/**
 * Notices that one file names the same person twice, and rejects the later line: by external id, or by number and name
 * where one of the two lines has no external id. Two different ids are two people, whatever else they share. The rows come
 * in the file's order.
 */
export function createDuplicateFinder(): (row: Twin) => Duplicate | null {
  const byExternalId = new Map<string, number>();
  const byPerson = new Map<string, { line: number; hasExternalId: boolean }>();

  return ({ line, externalId, phone, firstName, lastName }) => {
    const person = [phone, firstName, lastName].join('\n').toLowerCase();
    const sameId = externalId === null ? undefined : byExternalId.get(externalId);
    if (sameId !== undefined) return { line, firstLine: sameId };
    const samePerson = byPerson.get(person);
    if (samePerson && !(externalId !== null && samePerson.hasExternalId))
      return { line, firstLine: samePerson.line };
    if (externalId !== null) byExternalId.set(externalId, line);
    if (!samePerson) byPerson.set(person, { line, hasExternalId: externalId !== null });
    return null;
  };
}
