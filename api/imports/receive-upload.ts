import type { Context } from 'hono';
import type { z } from 'zod';
import type { ApiEnv } from '../context.ts';
import { mebibyte, tooLarge } from '../middleware/body-size.ts';
import { validationProblem } from '../middleware/problems.ts';
import { Problem, invalid } from '../problem.ts';
import { actorOf } from '../routes/actor.ts';
import { importQuery } from '../schemas/import.ts';
import { readForm } from './multipart.ts';
import type { FormPart } from './multipart.ts';
import { withSpooledFile } from './spool.ts';
import type { SpooledFile } from './spool.ts';
import { storeUpload } from './store-upload.ts';

const maxBytes = 256 * mebibyte;
const maxFieldLength = 1_000;
const fileTypes =
  /^(text\/(csv|plain|tab-separated-values)|application\/(csv|octet-stream|vnd\.ms-excel|vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet))\b/;

type Query = z.output<typeof importQuery>;
type Received = { id: string; draft: boolean };

/**
 * Takes a file in, as the body or as a part of a form, and stores it.
 * @throws Problem 400, 413, 415, 422
 */
export async function receiveUpload(c: Context<ApiEnv>, query: Query): Promise<Received> {
  const type = c.req.header('Content-Type') ?? '';
  const length = Number(c.req.header('Content-Length') ?? 0);
  if (length > maxBytes + mebibyte) throw tooLarge(maxBytes);
  const body = (c.req.raw.body ?? new Blob([]).stream()) as unknown as AsyncIterable<Uint8Array>;
  if (!/^multipart\/form-data/i.test(type)) {
    if (type !== '' && !fileTypes.test(type.toLowerCase())) {
      throw new Problem(
        415,
        'UNSUPPORTED_MEDIA_TYPE',
        'Send the file as multipart/form-data, as text/csv or as an .xlsx workbook.',
      );
    }
    return withSpooledFile(body, maxBytes, (file) => store(c, query.fileName, file, query));
  }
  const parts = readForm(body, type);
  const fields: Record<string, string> = {};
  const collect = async (part: FormPart) => {
    if (part.fileName === null) fields[part.name] = await text(part.body);
  };
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const part = next.value;
    if (part.name !== 'file' || !part.fileName) {
      await collect(part);
      continue;
    }
    return withSpooledFile(part.body, maxBytes, async (file) => {
      // Fields may stand behind the file.
      for await (const later of parts) await collect(later);
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
      const options = importQuery.safeParse({ ...query, ...given });
      if (!options.success) throw validationProblem(options.error);
      return store(c, part.fileName!, file, options.data);
    });
  }
  throw invalid('file', 'REQUIRED', 'Choose a file.');
}

async function store(
  c: Context<ApiEnv>,
  name: string | undefined,
  file: SpooledFile,
  { defaultCountry, source, draft }: Query,
): Promise<Received> {
  const upload = {
    name: name?.replaceAll('\u0000', '').slice(0, 300) || 'leads.csv',
    defaultCountry,
    source: source || null,
    draft: draft === 'true',
  };
  const { deps, scope } = c.var;
  const id = await storeUpload(deps.database, scope, file, upload, actorOf(c));
  return { id, draft: upload.draft };
}

async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > maxFieldLength) throw new Problem(400, 'BAD_REQUEST', 'A field of the form is too long.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8').replaceAll('\u0000', '');
}
