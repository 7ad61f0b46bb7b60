import { useState } from 'react';
import type { RejectedLine } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { plural } from '../../lib/format.ts';

const firstShown = 8;
const step = 200;

/** The lines that were not taken, as the file counts them, and why. */
export function RejectedLines({ rejected, fileName }: { rejected: RejectedLine[]; fileName: string }) {
  const [shown, setShown] = useState(firstShown);
  const hidden = rejected.length - shown;
  return (
    <div className="border-t border-line">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">Rejected lines of {fileName}</caption>
        <thead className="text-xs text-ink-faint max-sm:sr-only">
          <tr>
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
        <tbody className="divide-y divide-line border-t border-line">
          {rejected.slice(0, shown).map((each) => (
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
      {hidden > 0 ? (
        <div className="border-t border-line px-4 py-2.5">
          <Button size="sm" variant="ghost" onClick={() => setShown(shown + step)}>
            Show {plural(Math.min(hidden, step), 'more line', 'more lines')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
