import type { FieldDefinition } from '#domain/custom-field.ts';
import { firstRows } from '#files/look.ts';
import type { ImportOptions } from '#files/options.ts';
import { createLeadReader } from '#files/read-lead.ts';

const shownRows = 20;
const shownSamples = 3;
const maxSampleLength = 200;

/** The first rows of a draft as they will be, and what stands in its columns. */
export async function previewImport(
  pieces: () => AsyncIterable<Uint8Array>,
  options: ImportOptions,
  definitions: ReadonlyMap<string, FieldDefinition>,
) {
  const { rows, sheets } = await firstRows(pieces, null, options);
  const data = rows.slice(options.header ? 1 : 0);
  const readLead = createLeadReader(options, definitions);
  const shown = data.slice(0, shownRows);
  return {
    options,
    sheets,
    guessed: options.guessed,
    columns: options.columns.map((column) => ({
      ...column,
      samples: data
        .map(({ cells }) => cells[column.index]?.trim() ?? '')
        .filter((cell) => cell !== '')
        .slice(0, shownSamples)
        .map((cell) => cell.slice(0, maxSampleLength)),
    })),
    rows: shown.map((row) => {
      const read = readLead(row);
      if (read.ok) return { line: row.line, ok: true, lead: read.lead, problem: null };
      const { column, code, message } = read.rejection;
      return { line: row.line, ok: false, lead: null, problem: { column, code, message } };
    }),
  };
}
