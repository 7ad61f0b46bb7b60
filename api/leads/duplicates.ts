import type { RejectedLine } from '#db/queries/imports.ts';
import type { GivenLead } from './merge-lead.ts';

/**
 * Notices that one file names the same person twice, and rejects the later line: by external id, or by number and name
 * where one of the two lines has no external id. Two different ids are two people, whatever else they share.
 */
export function createDuplicateFinder(rejected: RejectedLine[]) {
  const byExternalId = new Map<string, number>();
  const byPerson = new Map<string, { line: number; hasExternalId: boolean }>();
  const byLead = new Map<string, number>();

  const reject = (line: number, firstLine: number): true => {
    const message = `The same person stands in line ${firstLine} already.`;
    rejected.push({ line, column: null, code: 'DUPLICATE_ROW', message });
    return true;
  };

  return {
    /** True when the row is rejected. */
    ofRow(line: number, lead: GivenLead): boolean {
      const { externalId } = lead;
      const person = [lead.phone, lead.firstName ?? '', lead.lastName ?? ''].join('\n').toLowerCase();
      const sameId = externalId ? byExternalId.get(externalId) : undefined;
      if (sameId !== undefined) return reject(line, sameId);
      const samePerson = byPerson.get(person);
      if (samePerson && !(externalId && samePerson.hasExternalId)) return reject(line, samePerson.line);
      if (externalId) byExternalId.set(externalId, line);
      if (!samePerson) byPerson.set(person, { line, hasExternalId: Boolean(externalId) });
      return false;
    },

    /** True when another line was this lead already, told only by what the database knows; the row is rejected. */
    ofLead(line: number, leadId: string): boolean {
      const first = byLead.get(leadId);
      if (first !== undefined) return reject(line, first);
      byLead.set(leadId, line);
      return false;
    },
  };
}
