import { CircleAlert } from 'lucide-react';
import type { ImportPreview } from '../../data/imports.ts';
import { Badge } from '../../components/badge.tsx';
import { Card } from '../../components/card.tsx';
import { EmptyState } from '../../components/states.tsx';
import { cx, words } from '../../lib/format.ts';
import { customPrefix, targetLabels } from './words.ts';

type Row = ImportPreview['rows'][number];

/** The first rows as the leads that they will be, and those that cannot be taken with the reason. */
export function PreviewRows({ rows, pending }: { rows: Row[]; pending: boolean }) {
  const fine = rows.filter(({ ok }) => ok).length;
  const fields = fieldsOf(rows);
  return (
    <Card
      title="First rows, as they will be"
      actions={
        rows.length > 0 ? (
          <Badge tone={fine === rows.length ? 'ok' : 'warn'}>
            {fine === rows.length
              ? `All ${rows.length} can be taken`
              : `${fine} of ${rows.length} can be taken`}
          </Badge>
        ) : null
      }
      flush
    >
      {rows.length === 0 ? (
        <EmptyState icon={CircleAlert} title="No rows below the header" />
      ) : (
        <div
          role="region"
          aria-label="First rows"
          tabIndex={0}
          className={cx('overflow-x-auto transition-opacity', pending && 'opacity-60')}
        >
          <table className="w-full text-left text-[13px]">
            <thead className="text-xs text-ink-faint">
              <tr className="border-b border-line">
                <th scope="col" className="py-2 pr-3 pl-4 font-medium">
                  Line
                </th>
                {fields.map(({ key, label }) => (
                  <th key={key} scope="col" className="py-2 pr-4 font-medium whitespace-nowrap">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {rows.map((row) => (
                <tr key={row.line} className={row.ok ? '' : 'bg-warn-soft/60'}>
                  <td className="tabular py-2 pr-3 pl-4 align-top text-ink-muted">{row.line}</td>
                  {row.ok ? (
                    fields.map(({ key }) => (
                      <td key={key} className="max-w-64 truncate py-2 pr-4 align-top">
                        {cellOf(row, key)}
                      </td>
                    ))
                  ) : (
                    <td colSpan={Math.max(fields.length, 1)} className="py-2 pr-4">
                      <span className="font-medium text-warn">{words(row.problem?.code ?? 'rejected')}</span>{' '}
                      {row.problem?.message}
                      {row.problem?.column ? (
                        <span className="text-ink-muted"> Column “{row.problem.column}”.</span>
                      ) : null}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

type Field = { key: string; label: string };

/** The fields that at least one of the rows has, in the usual order, those of the organisation's own at the end. */
function fieldsOf(rows: Row[]): Field[] {
  const custom = new Set(rows.flatMap((row) => Object.keys(customOf(row))));
  const known = Object.entries(targetLabels)
    .filter(([key]) => rows.some((row) => cellOf(row, key) !== ''))
    .map(([key, label]) => ({ key, label }));
  return [...known, ...[...custom].map((name) => ({ key: `${customPrefix}${name}`, label: name }))];
}

function cellOf(row: Row, key: string): string {
  const value = key.startsWith(customPrefix)
    ? customOf(row)[key.slice(customPrefix.length)]
    : row.lead?.[key];
  return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '';
}

function customOf({ lead }: Row): Record<string, unknown> {
  const custom = lead?.customFields;
  return typeof custom === 'object' && custom !== null && !Array.isArray(custom) ? custom : {};
}
