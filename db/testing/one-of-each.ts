import { randomUUID } from 'node:crypto';
import type { TestDatabase } from './test-database.ts';

/** A business table as the catalogue shows it. */
export type Table = {
  name: string;
  columns: { name: string; type: string; needed: boolean }[];
  /** Foreign keys: our column (after the organisation) to the other table's. */
  references: { column: string; table: string; target: string }[];
};

type Row = Record<string, unknown>;

/** Every table of the schema `public`, referenced ones first. A new table is in it without anybody's doing. */
export async function readTables({ asOwner }: Pick<TestDatabase, 'asOwner'>): Promise<Table[]> {
  const rows = await asOwner<Table>(`
    select t.relname as name,
      (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
          'needed', a.attnotnull and not a.atthasdef) order by a.attnum)
        from pg_attribute a where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select coalesce(jsonb_agg(jsonb_build_object('column', a.attname, 'table', f.confrelid::regclass::text, 'target', b.attname)), '[]')
        from pg_constraint f
          join pg_attribute a on a.attrelid = t.oid and a.attnum = f.conkey[array_length(f.conkey, 1)]
          join pg_attribute b on b.attrelid = f.confrelid and b.attnum = f.confkey[array_length(f.confkey, 1)]
        where f.conrelid = t.oid and f.contype = 'f') as "references"
    from pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') order by t.relname`);
  const ordered: Table[] = [];
  while (ordered.length < rows.length) {
    const placed = new Set(ordered.map(({ name }) => name));
    const next = rows.filter(
      ({ name, references }) =>
        !placed.has(name) && references.every(({ table }) => table === name || placed.has(table)),
    );
    if (next.length === 0) throw new Error('The foreign keys form a circle');
    ordered.push(...next);
  }
  return ordered;
}

/** One row in every table, all of one new organisation. */
export type OneOfEach = { organizationId: string; rows: Map<string, Row> };

export async function seedOneOfEach(test: TestDatabase, tables: Table[]): Promise<OneOfEach> {
  const seeded: OneOfEach = { organizationId: randomUUID(), rows: new Map() };
  for (const table of tables) {
    const [row] = await test.asOwner<Row>(`${insertStatement(table, rowFor(table, seeded))} returning *`, [
      JSON.stringify(rowFor(table, seeded)),
    ]);
    seeded.rows.set(table.name, row!);
  }
  return seeded;
}

/** Another row for that table: what it must have, and references to the organisation's other rows. */
export function rowFor(table: Table, { organizationId, rows }: OneOfEach): Row {
  const row: Row = {};
  for (const { name, type, needed } of table.columns) {
    const reference = table.references.find(({ column }) => column === name);
    if (name === 'organization_id' || table.name + name === 'organizationsid') row[name] = organizationId;
    else if (reference) row[name] = rows.get(reference.table)?.[reference.target];
    else if (needed) row[name] = valueOf(type);
  }
  return row;
}

/** Takes the row as JSON in `$1`, so that Postgres reads every type itself. */
export function insertStatement(table: Table, row: Row): string {
  const names = Object.keys(row).join(', ');
  return `insert into ${table.name} (${names}) select ${names} from jsonb_populate_record(null::${table.name}, $1::jsonb)`;
}

let counter = 0;

function valueOf(type: string): unknown {
  counter += 1;
  switch (type) {
    case 'uuid':
      return randomUUID();
    case 'text':
      return `text ${counter}`;
    case 'jsonb':
    case 'text[]':
      return [];
    case 'bytea':
      return '\\x00';
    case 'boolean':
      return true;
    case 'date':
      return new Date(Date.UTC(2026, 0, 1 + counter)).toISOString().slice(0, 10);
    case 'timestamp with time zone':
      return new Date().toISOString();
    default:
      return counter;
  }
}
