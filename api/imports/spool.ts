import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tooLarge } from '../middleware/body-size.ts';

/** A file that came in and lies on this machine's disk until it is stored. */
export type SpooledFile = { size: number; pieces: () => AsyncIterable<Buffer> };

const pieceLength = 1024 * 1024;

/**
 * Takes a body down to disk as it comes in: a slow sender then holds neither memory nor a connection to the database. The
 * file is gone when `work` has ended.
 * @throws Problem 413 BODY_TOO_LARGE
 */
export async function withSpooledFile<T>(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  work: (file: SpooledFile) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'leadway-upload-'));
  try {
    const path = join(folder, 'file');
    const size = await write(path, body, maxBytes);
    return await work({ size, pieces: () => piecesOf(path) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(path: string, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<number> {
  const file = await open(path, 'w', 0o600);
  try {
    let size = 0;
    for await (const bytes of body) {
      size += bytes.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      await file.write(bytes);
    }
    return size;
  } finally {
    await file.close();
  }
}

async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(pieceLength), 0, pieceLength);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
