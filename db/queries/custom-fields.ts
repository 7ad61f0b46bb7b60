import { sql } from 'drizzle-orm';
import type { CustomFieldType, FieldDefinition } from '#domain/custom-field.ts';
import type { Database } from '../database.ts';
import type { TenantScope, TenantTransaction } from '../tenant.ts';
import { recordAudit } from './audit.ts';
import type { Actor } from './audit.ts';
import { inOneStatement, iso, list } from './reading.ts';
import { rowsOf } from './rows.ts';

export type CustomFieldRow = {
  id: string;
  name: string;
  label: string;
  type: CustomFieldType;
  options: string[];
  position: number;
  archivedAt: string | null;
  createdAt: string;
};

const columns = sql`
  f.id, f.name, f.label, f.type, to_jsonb(f.options) as options, f.position, ${iso(sql`f.archived_at`)} as "archivedAt",
  ${iso(sql`f.created_at`)} as "createdAt"`;

/** More would make every lead's page unreadable. */
export const maxCustomFields = 200;

/** All of them, as people have ordered them; archived ones last. */
export async function listCustomFields(database: Database, scope: TenantScope): Promise<CustomFieldRow[]> {
  return inOneStatement<CustomFieldRow>(
    database,
    scope,
    sql`select ${columns} from custom_fields f order by f.archived_at is not null, f.position, f.name`,
  );
}

/** The live fields, by their names. */
export async function fieldDefinitions(tx: TenantTransaction): Promise<Map<string, FieldDefinition>> {
  const rows = await rowsOf<FieldDefinition>(
    tx,
    sql`select name, label, type, to_jsonb(options) as options from custom_fields where archived_at is null`,
  );
  return new Map(rows.map((field) => [field.name, field]));
}

export type NewCustomField = Pick<CustomFieldRow, 'name' | 'label' | 'type' | 'options'>;

/** Adds a field behind the others. */
export async function createCustomField(
  tx: TenantTransaction,
  organizationId: string,
  field: NewCustomField,
  actor: Actor,
): Promise<CustomFieldRow | 'NAME_TAKEN' | 'TOO_MANY_FIELDS'> {
  const [known] = await rowsOf<{ number: number; last: number }>(
    tx,
    sql`select count(*)::int as number, coalesce(max(position), 0) as last from custom_fields`,
  );
  if (known!.number >= maxCustomFields) return 'TOO_MANY_FIELDS';
  const [row] = await rowsOf<CustomFieldRow>(
    tx,
    sql`
      with f as (
        insert into custom_fields (organization_id, name, label, type, options, position)
        values (${organizationId}::uuid, ${field.name}, ${field.label}, ${field.type}, ${list(field.options)}::text[],
          ${known!.last + 1}::int)
        on conflict (organization_id, name) do nothing returning *),
      told as (${tell})
      select ${columns} from f`,
  );
  if (!row) return 'NAME_TAKEN';
  await recordAudit(tx, organizationId, actor, {
    action: 'custom_field.create',
    subjectType: 'custom_field',
    subjectId: row.id,
  });
  return row;
}

export type CustomFieldChange = {
  label?: string | undefined;
  options?: string[] | undefined;
  position?: number | undefined;
  archived?: boolean | undefined;
};

/** What is not given stays. Values that leads have already stay as they are. Null when there is no such field. */
export async function updateCustomField(
  tx: TenantTransaction,
  organizationId: string,
  id: string,
  { label, options, position, archived }: CustomFieldChange,
  actor: Actor,
): Promise<CustomFieldRow | null> {
  const [row] = await rowsOf<CustomFieldRow>(
    tx,
    sql`
      with f as (
        update custom_fields set label = coalesce(${label ?? null}, label),
          options = coalesce(${options === undefined ? null : list(options)}::text[], options),
          position = coalesce(${position ?? null}::int, position),
          archived_at = case ${archived ?? null}::boolean when true then coalesce(archived_at, app_now()) when false then null
            else archived_at end
        where id = ${id} returning *),
      told as (${tell})
      select ${columns} from f`,
  );
  if (!row) return null;
  await recordAudit(tx, organizationId, actor, {
    action: 'custom_field.update',
    subjectType: 'custom_field',
    subjectId: id,
  });
  return row;
}

const tell = sql`
  insert into events (organization_id, type, data)
  select organization_id, 'custom_field.updated', jsonb_build_object('customFieldId', id, 'name', name) from f`;
