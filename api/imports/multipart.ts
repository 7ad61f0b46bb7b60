import { Problem } from '../problem.ts';

/** One part of a form: its name, the name of its file if it is one, and its bytes as they come. */
export type FormPart = { name: string; fileName: string | null; body: AsyncIterable<Uint8Array> };

const maxHeaderLength = 8 * 1024;

/**
 * The parts of a multipart/form-data body as it comes in (RFC 7578): no more than a piece of it is held in memory. A part's
 * body must be read to its end before the next part.
 * @throws Problem 400 BAD_REQUEST
 */
export async function* readForm(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
): AsyncGenerator<FormPart> {
  const boundary = /boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType);
  if (!boundary) throw unreadable();
  const delimiter = Buffer.from(`\r\n--${boundary[1] ?? boundary[2]}`);
  const source = body[Symbol.asyncIterator]();
  // The first delimiter has no line before it.
  let held: Buffer = Buffer.from('\r\n');

  const more = async (): Promise<boolean> => {
    const { done, value } = await source.next();
    if (done === true) return false;
    held = held.length === 0 ? asBuffer(value) : Buffer.concat([held, asBuffer(value)]);
    return true;
  };
  /** What stands before the next delimiter, which is left behind. */
  async function* untilDelimiter(): AsyncGenerator<Buffer> {
    for (;;) {
      const at = held.indexOf(delimiter);
      if (at >= 0) {
        const before = held.subarray(0, at);
        held = held.subarray(at + delimiter.length);
        if (before.length > 0) yield before;
        return;
      }
      // A delimiter may be cut in two.
      const safe = held.length - delimiter.length;
      if (safe > 0) {
        const before = held.subarray(0, safe);
        held = held.subarray(safe);
        yield before;
      }
      if (!(await more())) throw unreadable();
    }
  }
  const upTo = async (mark: string): Promise<string> => {
    let at: number;
    while ((at = held.indexOf(mark)) < 0) {
      if (held.length > maxHeaderLength || !(await more())) throw unreadable();
    }
    const text = held.subarray(0, at).toString('utf8');
    held = held.subarray(at + mark.length);
    return text;
  };

  for await (const _ of untilDelimiter());
  for (;;) {
    while (held.length < 2) if (!(await more())) throw unreadable();
    if (held.subarray(0, 2).toString('latin1') === '--') return;
    await upTo('\r\n');
    const headers = held.subarray(0, 2).toString('latin1') === '\r\n' ? '' : await upTo('\r\n\r\n');
    const name = parameter(headers, 'name');
    if (name === null) throw unreadable();
    const part = untilDelimiter();
    yield { name, fileName: parameter(headers, 'filename'), body: part };
    for await (const _ of part);
  }
}

/** Of the Content-Disposition; quotation marks and line ends come percent-encoded (RFC 7578, section 4.2). */
function parameter(headers: string, name: string): string | null {
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? '';
  const value = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(disposition);
  if (!value) return null;
  return (value[1] ?? value[2] ?? '').replaceAll('%22', '"').replace(/%0D|%0A/gi, ' ');
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function unreadable(): Problem {
  return new Problem(400, 'BAD_REQUEST', 'The form cannot be read.');
}
