import { importing } from '../activity-options.ts';
import type { ImportLeadsInput } from './messages.ts';

/**
 * Sees a file's import through, whatever dies on the way: the row says what is to be done and what became of it, so the
 * activity is simply run until it has ended.
 */
export async function importLeads(input: ImportLeadsInput): Promise<{ status: string }> {
  return importing.importLeads(input);
}
