import type { z } from 'zod';
import { requirePhoneColumn } from '#files/columns.ts';
import { lookAtFile } from '#files/look.ts';
import type { ImportOptions } from '#files/options.ts';
import { invalid } from '../problem.ts';
import type { importPatchSchema } from '../schemas/import.ts';
import { fileProblem } from './file-problem.ts';

/**
 * The options with what somebody chose. A choice that changes the rows has the columns guessed anew.
 * @throws Problem 422
 */
export async function changeOptions(
  pieces: () => AsyncIterable<Uint8Array>,
  present: ImportOptions,
  { columns: chosen = [], ...patch }: z.output<typeof importPatchSchema>,
): Promise<ImportOptions> {
  const wanted = { ...present, ...patch };
  const readsAnew = (['encoding', 'delimiter', 'header', 'sheet'] as const).some(
    (key) => wanted[key] !== present[key],
  );
  const options = readsAnew ? (await lookAtFile(pieces, wanted).catch(refuse)).options : wanted;
  const columns = options.columns.map((column) => ({ ...column }));
  chosen.forEach(({ index, target }, nr) => {
    const column = columns[index];
    if (!column) throw invalid(`columns.${nr}.index`, 'UNKNOWN_COLUMN', `There is no column ${index}.`);
    column.target = target;
  });
  const taken = new Set<string>();
  for (const { name, target } of columns) {
    if (target === null || target === 'phone') continue;
    if (taken.has(target)) {
      throw invalid(
        'columns',
        'DUPLICATE_TARGET',
        `Column "${name}" is ${target}, which another one is too.`,
      );
    }
    taken.add(target);
  }
  try {
    requirePhoneColumn(columns);
  } catch (error) {
    refuse(error);
  }
  return { ...options, columns };
}

function refuse(error: unknown): never {
  throw fileProblem(error);
}
