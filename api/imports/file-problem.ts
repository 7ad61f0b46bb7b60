import { FileRefusal } from '#files/refusal.ts';
import type { ImportFailure } from '#db/queries/imports.ts';
import { Problem } from '../problem.ts';

/** A file's fault as the API tells it; anything else is passed on. */
export function fileProblem(error: unknown): unknown {
  return error instanceof FileRefusal ? problemOfFailure(error) : error;
}

export function problemOfFailure({
  code,
  message,
  line,
}: Omit<ImportFailure, 'line'> & { line?: number | null }): Problem {
  return new Problem(422, code, message, {
    field: 'file',
    errors: [{ field: 'file', code, message }],
    extensions: line == null ? {} : { line },
  });
}
