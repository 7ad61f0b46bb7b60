import {
  bigint,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { leads } from './leads.ts';
import { createdAt, id, instant, organizationId, tenantPolicies } from './tenant.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const importStatuses = ['draft', 'importing', 'done', 'failed'] as const;
export type ImportStatus = (typeof importStatuses)[number];

/**
 * One file of leads, and what became of its rows. `draft`: stored and looked at, nothing taken yet. `failed`: the file
 * itself cannot be read, and nothing of it was taken.
 */
export const imports = pgTable(
  'imports',
  {
    organizationId: organizationId(),
    id: id(),
    fileName: text('file_name').notNull(),
    status: text('status').$type<ImportStatus>().notNull().default('draft'),
    /** Size of the file. */
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
    /** How the file is read: encoding, delimiter, header, sheet, columns, default country, source. */
    options: jsonb('options').$type<Record<string, unknown>>().notNull().default({}),
    /** How far a running import has read. */
    progressRows: integer('progress_rows').notNull().default(0),
    progressBytes: bigint('progress_bytes', { mode: 'number' }).notNull().default(0),
    rows: integer('rows').notNull().default(0),
    created: integer('created').notNull().default(0),
    updated: integer('updated').notNull().default(0),
    /** How many lines were not taken; they stand in `import_rejections`. */
    rejected: integer('rejected').notNull().default(0),
    /** Why the file could not be taken at all. */
    failure: jsonb('failure').$type<{ code: string; message: string; line?: number }>(),
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    index('imports_newest').on(table.organizationId, table.createdAt, table.id),
    ...tenantPolicies('imports', table.organizationId),
  ],
);

/** The file's bytes in pieces, from its upload until the import has ended. */
export const importFiles = pgTable(
  'import_files',
  {
    organizationId: organizationId(),
    importId: uuid('import_id').notNull(),
    position: integer('position').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.importId, table.position] }),
    foreignKey({
      columns: [table.organizationId, table.importId],
      foreignColumns: [imports.organizationId, imports.id],
    }),
    ...tenantPolicies('import_files', table.organizationId),
  ],
);

/** A row that was not taken, with its cells, so that it can be mended and imported again. */
export const importRejections = pgTable(
  'import_rejections',
  {
    organizationId: organizationId(),
    importId: uuid('import_id').notNull(),
    /** As the file counts them; the header is line 1. */
    line: integer('line').notNull(),
    /** The column's own name in the file; null = the whole row. */
    column: text('column_name'),
    code: text('code').notNull(),
    message: text('message').notNull(),
    cells: text('cells').array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.importId, table.line] }),
    foreignKey({
      columns: [table.organizationId, table.importId],
      foreignColumns: [imports.organizationId, imports.id],
    }),
    ...tenantPolicies('import_rejections', table.organizationId),
  ],
);

/** Which lead came of which line: how a file is launched as a cohort. */
export const importMembers = pgTable(
  'import_members',
  {
    organizationId: organizationId(),
    importId: uuid('import_id').notNull(),
    line: integer('line').notNull(),
    leadId: uuid('lead_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.importId, table.line] }),
    foreignKey({
      columns: [table.organizationId, table.importId],
      foreignColumns: [imports.organizationId, imports.id],
    }),
    foreignKey({
      columns: [table.organizationId, table.leadId],
      foreignColumns: [leads.organizationId, leads.id],
    }),
    index('import_members_by_lead').on(table.organizationId, table.leadId),
    ...tenantPolicies('import_members', table.organizationId),
  ],
);
