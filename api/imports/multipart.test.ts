import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readForm } from './multipart.ts';

async function* inPieces(bytes: Uint8Array, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function partsOf(bytes: Uint8Array, type: string, length: number) {
  const parts: { name: string; fileName: string | null; body: string }[] = [];
  for await (const { name, fileName, body } of readForm(inPieces(bytes, length), type)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    parts.push({ name, fileName, body: Buffer.concat(pieces).toString() });
  }
  return parts;
}

test('a form as a browser writes it is read, however the network cuts it', async () => {
  const body = fc.string({ unit: fc.constantFrom('\r', '\n', '-', '-', 'a', 'é', '\r\n--'), maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(body, body, fc.integer({ min: 1, max: 40 }), async (file, field, length) => {
      const form = new FormData();
      form.set('file', new File([file], 'a "b".csv', { type: 'text/csv' }));
      form.set('source', field);
      const request = new Request('http://x', { method: 'POST', body: form });
      const type = request.headers.get('content-type')!;
      const bytes = new Uint8Array(await request.arrayBuffer());
      const sent = field.replaceAll(/\r\n|\r|\n/g, '\r\n');
      expect(await partsOf(bytes, type, length)).toEqual([
        { name: 'file', fileName: 'a "b".csv', body: file },
        { name: 'source', fileName: null, body: sent },
      ]);
    }),
    { numRuns: 150 },
  );
});

test.each([
  ['without a boundary', 'multipart/form-data', '--x\r\n'],
  [
    'that is cut off in a part',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nbc',
  ],
  ['that is cut off in a header', 'multipart/form-data; boundary=x', '--x\r\nContent-Dispo'],
  ['of a part without a name', 'multipart/form-data; boundary=x', '--x\r\nContent-Type: a\r\n\r\nb\r\n--x--'],
  ['with a header without an end', 'multipart/form-data; boundary=x', `--x\r\n${'a'.repeat(20_000)}`],
])('a form %s is refused', async (_what, type, text) => {
  await expect(partsOf(Buffer.from(text), type, 100)).rejects.toMatchObject({ status: 400 });
});
