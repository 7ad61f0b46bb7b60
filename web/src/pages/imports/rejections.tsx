import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { rejectionsFile, rejectionsQuery } from '../../data/imports.ts';
import type { Import } from '../../data/imports.ts';
import { Button, buttonClass } from '../../components/button.tsx';
import { ErrorState, SkeletonRows } from '../../components/states.tsx';
import { plural } from '../../lib/format.ts';
import { usePermissions } from '../../lib/permissions.ts';
import { MendedUpload } from './mended-upload.tsx';

/** The lines that were not taken, as the file counts them, why, and the way to mend them. */
export function Rejections({ of }: { of: Import }) {
  const { mayLaunch } = usePermissions();
  const query = useInfiniteQuery(rejectionsQuery(of.id));
  const lines = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="border-t border-line">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-sm font-semibold">Lines to mend</h2>
          <p className="text-[13px] text-ink-muted">
            Download them, put right what is told beside each, and upload that file: nobody is imported twice.
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <a href={rejectionsFile(of.id)} download className={buttonClass('secondary', 'sm')}>
            <Download aria-hidden />
            Download the lines to mend
          </a>
          {mayLaunch ? <MendedUpload of={of} label="Upload the mended file" /> : null}
        </div>
      </div>
      {query.isPending ? (
        <SkeletonRows rows={3} />
      ) : query.isError && lines.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <table className="w-full border-t border-line text-left text-sm">
          <caption className="sr-only">Lines of {of.fileName} to mend</caption>
          <thead className="text-xs text-ink-faint max-sm:sr-only">
            <tr className="border-b border-line">
              <th scope="col" className="w-20 py-2 pl-4 font-medium">
                Line
              </th>
              <th scope="col" className="w-36 py-2 font-medium">
                Column
              </th>
              <th scope="col" className="py-2 font-medium">
                Why
              </th>
              <th scope="col" className="py-2 pr-4 font-medium">
                Code
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {lines.map((each) => (
              <tr
                key={`${each.line} ${each.column} ${each.code}`}
                className="max-sm:grid max-sm:px-4 max-sm:py-2.5"
              >
                <td className="tabular py-2 pl-4 max-sm:p-0 max-sm:font-medium">
                  <span className="sm:hidden">Line </span>
                  {each.line}
                </td>
                <td className="py-2 pr-3 break-words text-ink-muted max-sm:p-0">{each.column ?? '–'}</td>
                <td className="py-2 pr-3 break-words max-sm:p-0">{each.message}</td>
                <td className="py-2 pr-4 font-mono text-xs break-words text-ink-faint max-sm:p-0">
                  {each.code}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {query.hasNextPage ? (
        <div className="flex items-center gap-3 border-t border-line px-4 py-2.5">
          <Button
            size="sm"
            variant="ghost"
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more lines
          </Button>
          <span className="text-xs text-ink-faint">
            {lines.length} of {plural(of.rejected, 'line')}
          </span>
        </div>
      ) : null}
    </div>
  );
}
