import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Database } from '../database.ts';
import type { TenantScope, TenantSession, TenantTransaction } from '../tenant.ts';
import { inOneStatement } from './reading.ts';
import { rowsOf } from './rows.ts';

/** Keeps the next piece of a file; the first is 0. */
export async function storePiece(
  tx: TenantTransaction,
  organizationId: string,
  importId: string,
  position: number,
  bytes: Buffer,
): Promise<void> {
  await tx.execute(sql`
    insert into import_files (organization_id, import_id, position, bytes)
    values (${organizationId}::uuid, ${importId}::uuid, ${position}, ${bytes})`);
}

/** The file's bytes, piece by piece; each is a transaction of its own. */
export function readPieces(database: Database, scope: TenantScope, importId: string): AsyncGenerator<Buffer> {
  return piecesBy((position) =>
    inOneStatement<{ bytes: Buffer }>(database, scope, pieceAt(importId, position)),
  );
}

/** The same on the connection of somebody who has one. */
export function readPiecesOn(session: TenantSession, importId: string): AsyncGenerator<Buffer> {
  return piecesBy((position) =>
    session.transaction((tx) => rowsOf<{ bytes: Buffer }>(tx, pieceAt(importId, position))),
  );
}

function pieceAt(importId: string, position: number): SQL {
  return sql`select bytes from import_files where import_id = ${importId}::uuid and position = ${position}::int`;
}

async function* piecesBy(read: (position: number) => Promise<{ bytes: Buffer }[]>): AsyncGenerator<Buffer> {
  for (let position = 0; ; position += 1) {
    const [row] = await read(position);
    if (!row) return;
    yield row.bytes;
  }
}
