import { storePiece } from '#db/queries/import-files.ts';
import { beginImport, createImport } from '#db/queries/imports.ts';
import type { Actor } from '#db/queries/audit.ts';
import type { Database } from '#db/database.ts';
import { withOrganization } from '#db/tenant.ts';
import type { TenantScope } from '#db/tenant.ts';
import { lookAtFile } from '#files/look.ts';
import { fileProblem } from './file-problem.ts';
import type { SpooledFile } from './spool.ts';

export type Upload = { name: string; defaultCountry: string; source: string | null; draft: boolean };

/**
 * Looks at a file that came in and stores it, as a draft or begun.
 * @throws Problem 422 with the code of what is wrong with the file; then nothing is stored
 */
export async function storeUpload(
  database: Database,
  scope: TenantScope,
  file: SpooledFile,
  upload: Upload,
  actor: Actor,
): Promise<string> {
  const { defaultCountry, source } = upload;
  const { options } = await lookAtFile(file.pieces, { defaultCountry, source }).catch((error: unknown) => {
    throw fileProblem(error);
  });
  const { organizationId } = scope;
  return withOrganization(database, scope, async (tx) => {
    const described = { fileName: upload.name, bytes: file.size, options };
    const id = await createImport(tx, organizationId, described, actor);
    let position = 0;
    for await (const piece of file.pieces()) {
      await storePiece(tx, organizationId, id, position, piece);
      position += 1;
    }
    if (!upload.draft) await beginImport(tx, organizationId, id, actor);
    return id;
  });
}
