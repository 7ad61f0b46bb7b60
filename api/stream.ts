import { Readable } from 'node:stream';

/** A file as an answer that is made while it is sent; who goes away in between ends its making. */
export function attachment(
  name: string,
  type: string,
  content: AsyncIterable<string | Uint8Array>,
): Response {
  const plain = name.replace(/[^\w.-]+/g, '_');
  const body = Readable.toWeb(Readable.from(content, { objectMode: false })) as unknown as ReadableStream;
  return new Response(body, {
    status: 200,
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': 'no-store',
    },
  });
}
