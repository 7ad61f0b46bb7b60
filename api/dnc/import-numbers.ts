import { dncHeader, readDncLine } from '#domain/compliance/dnc-line.ts';
import type { Actor } from '#db/queries/audit.ts';
import { beginDncLoad, recordDncImport } from '#db/queries/dnc.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { Problem } from '../problem.ts';
import type { FieldError } from '../problem.ts';

export type DncFile = {
  list: string;
  scrubbedOn: string | null;
  /** The list is afterwards the file, and nothing else. */
  replaces: boolean;
  body: ReadableStream<Uint8Array> | null;
};

const chunkLines = 5_000;
const mostErrors = 100;

/**
 * Loads a file of numbers into a do-not-call list as it comes in, in the caller's transaction: whole, or, when any line of
 * it is no number, not at all: a number that was silently left out would be called.
 * @throws Problem 422 EMPTY_FILE, BROKEN_LINES with the lines
 */
export async function importDncNumbers(
  tx: TenantTransaction,
  organizationId: string,
  file: DncFile,
  actor: Actor,
): Promise<{ list: string; lines: number; added: number; removed: number }> {
  const load = await beginDncLoad(tx, organizationId, file);
  const errors: FieldError[] = [];
  let [lines, added, broken] = [0, 0, 0];
  let column: number | null = null;
  let chunk: string[] = [];
  const write = async () => {
    if (chunk.length > 0 && broken === 0) added += await load.add(chunk);
    chunk = [];
  };

  for await (const { number, text } of linesOf(file.body)) {
    if (column === null) {
      const header = dncHeader(text);
      column = header ?? 0;
      if (header !== null) continue;
    }
    lines += 1;
    const read = readDncLine(text, column);
    if (read.ok) chunk.push(read.e164);
    else {
      broken += 1;
      const { code, message } = read;
      if (errors.length < mostErrors) errors.push({ field: `line ${number}`, code, message });
    }
    if (chunk.length >= chunkLines) await write();
  }
  await write();
  if (broken > 0) {
    const detail = `${broken} of ${lines} lines are no phone number. Nothing was changed.`;
    throw new Problem(422, 'BROKEN_LINES', detail, { errors, extensions: { lines, broken } });
  }
  if (lines === 0) throw new Problem(422, 'EMPTY_FILE', 'The file has no numbers. Nothing was changed.');
  const result = { list: file.list, lines, added, removed: await load.finish() };
  await recordDncImport(tx, organizationId, actor, result);
  return result;
}

/** Lines that are not blank, numbered as an editor does, whatever ends them. */
async function* linesOf(body: DncFile['body']): AsyncGenerator<{ number: number; text: string }> {
  if (body === null) return;
  const decoder = new TextDecoder();
  let number = 0;
  let rest = '';
  const cut = function* (text: string, isLast: boolean) {
    // A line end may be cut in two by the network.
    const ready = isLast || !text.endsWith('\r') ? text : text.slice(0, -1);
    const parts = ready.split(/\r\n|\r|\n/);
    rest = isLast ? '' : parts.pop()! + text.slice(ready.length);
    for (const part of parts) {
      number += 1;
      if (part.trim() !== '') yield { number, text: part.trim() };
    }
  };
  for await (const bytes of body) yield* cut(rest + decoder.decode(bytes, { stream: true }), false);
  yield* cut(rest + decoder.decode(), true);
}
