import { Ban, Download, Ellipsis, Kanban, Rocket, Tag, Tags, Trash2, UserRoundCog, X } from 'lucide-react';
import { useState } from 'react';
import { Button, buttonClass } from '../../components/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx';
import { exportUrl } from '../../data/leads.ts';
import type { Cohort } from '../../data/leads.ts';
import { plural } from '../../lib/format.ts';
import type { LeadFilter } from '../../lib/lead-filter.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { everythingSelected, nothingSelected } from '../../lib/selection.ts';
import type { Selection } from '../../lib/selection.ts';

const BulkDialog = lazyDialog(async () => (await import('./bulk-dialog.tsx')).BulkDialog);

export type BulkKind = 'add_tags' | 'remove_tags' | 'set_stage' | 'set_status' | 'block' | 'delete';

/** What can be done with the leads that are chosen; it floats over the end of the list. */
export function BulkBar({
  selection,
  onSelect,
  filter,
  loaded,
  matching,
  onLaunch,
}: {
  selection: Selection;
  onSelect: (selection: Selection) => void;
  filter: LeadFilter;
  loaded: number;
  /** How many match in all; unknown while it is counted. */
  matching: number | undefined;
  onLaunch: (cohort: Cohort) => void;
}) {
  const { mayWork, mayLaunch, mayStop } = usePermissions();
  const [asking, setAsking] = useState<BulkKind>('add_tags');
  const [open, setOpen] = useState(false);
  const count = selection.kind === 'all' ? matching : selection.ids.size;
  if (count === 0 && selection.kind === 'some') return null;
  const cohort: Cohort = selection.kind === 'all' ? { filter } : { leadIds: [...selection.ids] };
  const ask = (kind: BulkKind) => {
    setAsking(kind);
    setOpen(true);
  };
  const more = matching !== undefined && matching > loaded;
  return (
    <div className="pointer-events-none sticky bottom-3 z-20 mt-4 flex justify-center">
      <section
        aria-label="Selected leads"
        className="pointer-events-auto flex max-w-full flex-wrap items-center gap-2 rounded-xl border border-line-strong bg-surface px-3 py-2 shadow-pop"
      >
        <Button
          variant="ghost"
          size="sm"
          aria-label="Clear the selection"
          className="w-8 px-0"
          onClick={() => onSelect(nothingSelected)}
        >
          <X aria-hidden />
        </Button>
        <p role="status" className="mr-1 text-sm font-medium">
          {count === undefined ? 'All that match' : plural(count, 'lead')} selected
        </p>
        {selection.kind === 'some' && selection.ids.size >= loaded && more ? (
          <Button variant="ghost" size="sm" onClick={() => onSelect(everythingSelected)}>
            Select all {matching.toLocaleString('en')} that match
          </Button>
        ) : null}
        {mayWork ? (
          <>
            <Button size="sm" onClick={() => ask('add_tags')}>
              <Tag aria-hidden />
              Add tags
            </Button>
            <Button size="sm" onClick={() => ask('set_stage')}>
              <Kanban aria-hidden />
              Set stage
            </Button>
          </>
        ) : null}
        {mayLaunch ? (
          <Button size="sm" variant="primary" onClick={() => onLaunch(cohort)}>
            <Rocket aria-hidden />
            Launch
          </Button>
        ) : null}
        <Menu
          side="top"
          trigger={
            <Button size="sm" aria-label="More for the selected leads" className="w-8 px-0">
              <Ellipsis aria-hidden />
            </Button>
          }
        >
          {mayWork ? (
            <>
              <MenuItem onClick={() => ask('remove_tags')}>
                <Tags aria-hidden />
                Remove tags…
              </MenuItem>
              <MenuItem onClick={() => ask('set_status')}>
                <UserRoundCog aria-hidden />
                Set status…
              </MenuItem>
              <MenuItem onClick={() => ask('block')}>
                <Ban aria-hidden />
                Block…
              </MenuItem>
            </>
          ) : null}
          {selection.kind === 'all' ? (
            <>
              <MenuSeparator />
              <ExportItems filter={filter} />
            </>
          ) : null}
          {mayStop ? (
            <>
              <MenuSeparator />
              <MenuItem danger onClick={() => ask('delete')}>
                <Trash2 aria-hidden />
                Delete…
              </MenuItem>
            </>
          ) : null}
        </Menu>
      </section>
      <BulkDialog
        open={open}
        onOpenChange={setOpen}
        kind={asking}
        cohort={cohort}
        count={count}
        onDone={() => onSelect(nothingSelected)}
      />
    </div>
  );
}

/** The list as a file, whole. */
export function ExportItems({ filter }: { filter: LeadFilter }) {
  return (['csv', 'xlsx'] as const).map((format) => (
    <MenuItem key={format} render={<a href={exportUrl(filter, format)} download />}>
      <Download aria-hidden />
      Export as {format === 'csv' ? 'CSV' : 'Excel'}
    </MenuItem>
  ));
}

/** For the page's head, where there is always something to export. */
export function ExportMenu({ filter }: { filter: LeadFilter }) {
  return (
    <Menu
      trigger={
        <button type="button" className={buttonClass('secondary')}>
          <Download aria-hidden />
          Export
        </button>
      }
    >
      <ExportItems filter={filter} />
    </Menu>
  );
}
