import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../components/states.tsx';
import { Instant } from '../../components/time.tsx';
import { dncEntriesQuery, dncListsQuery, removeDncEntry } from '../../data/settings.ts';
import type { DncEntry, DncList } from '../../data/settings.ts';
import { plural, words } from '../../lib/format.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { isWholeNumber } from './whole-number.ts';
import { AddButton, SettingsList, SettingsRow } from './settings-list.tsx';
import { useSetting } from './use-setting.ts';

const DncDialog = lazyDialog(async () => (await import('./dnc-dialog.tsx')).DncDialog);

/** Numbers that nobody may call or text, and the lists that say so. */
export function DoNotCallPage() {
  return (
    <div className="space-y-5">
      <SettingsList
        title="Lists"
        query={useQuery(dncListsQuery)}
        empty={
          <EmptyState icon={PhoneOff} title="No list yet">
            Numbers that you add come on your own list. Copies of the national one and the states’ are loaded
            through the API.
          </EmptyState>
        }
      >
        {(list) => <ListRow key={list.list} list={list} />}
      </SettingsList>
      <Entries />
    </div>
  );
}

/** How a list is called: by what it is, or by its state. */
const listWords = (list: string) =>
  list === 'own' ? 'Your own list' : list === 'national' ? 'The national list' : `The list of ${list}`;

/** A disposition's code as words; what a person wrote stays as it is. */
function reasonWords(reason: string): string {
  const [, code] = /^disposition:([\w-]+)$/.exec(reason) ?? [];
  return code ? `By the disposition “${words(code)}”` : reason;
}

function ListRow({ list }: { list: DncList }) {
  return (
    <SettingsRow
      title={listWords(list.list)}
      badges={list.warning ? <Badge tone="warn">{words(list.warning.code)}</Badge> : null}
    >
      {plural(list.entries, 'number')}
      {list.scrubbedOn ? `, copy of ${list.scrubbedOn}` : null}
      {list.warning ? (
        <span className="mt-0.5 block text-warn">
          {list.warning.message} {list.warning.action}
        </span>
      ) : null}
    </SettingsRow>
  );
}

function Entries() {
  const { mayLaunch, mayStop } = usePermissions();
  const [phone, setPhone] = useState('');
  const [adding, setAdding] = useState(false);
  const asked = isWholeNumber(phone) ? phone : '';
  const query = useInfiniteQuery({ ...dncEntriesQuery(asked), retry: false });
  const entries = query.data?.pages.flatMap((page) => page.items);
  return (
    <Card
      title="Numbers"
      flush
      actions={mayLaunch ? <AddButton onClick={() => setAdding(true)}>Add a number</AddButton> : null}
    >
      <div className="border-b border-line px-4 py-3">
        <SearchField label="Look up a whole number" value={phone} onChange={setPhone} className="max-w-sm" />
        <p className="mt-1.5 text-xs text-ink-faint">
          {asked ? 'On which lists it is.' : 'Without a whole number: your own list.'}
        </p>
      </div>
      {query.isError && !entries ? (
        <ErrorState error={query.error} />
      ) : !entries ? (
        <SkeletonRows rows={3} />
      ) : entries.length === 0 ? (
        <EmptyState icon={PhoneOff} title={asked ? 'On no list' : 'Your own list is empty'}>
          {asked
            ? 'Nothing forbids reaching this number here.'
            : 'Numbers come on it by disposition, or by you.'}
        </EmptyState>
      ) : (
        <ul aria-label="Do-not-call numbers" className="divide-y divide-line">
          {entries.map((entry) => (
            <EntryRow
              key={`${entry.list} ${entry.phone}`}
              entry={entry}
              told={asked !== ''}
              mayRemove={mayStop}
            />
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <div className="border-t border-line p-2 text-center">
          <Button
            size="sm"
            variant="ghost"
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      ) : null}
      <DncDialog open={adding} onOpenChange={setAdding} />
    </Card>
  );
}

function EntryRow({
  entry,
  told,
  mayRemove,
}: {
  entry: DncEntry;
  /** Whether the list is to be named. */
  told: boolean;
  mayRemove: boolean;
}) {
  const [asking, setAsking] = useState(false);
  const remove = useSetting(['dnc']);
  return (
    <SettingsRow
      title={<span className="tabular">{entry.phone}</span>}
      badges={told ? <Badge>{listWords(entry.list)}</Badge> : null}
      actions={
        mayRemove && entry.list === 'own' ? (
          <Button size="sm" variant="quiet-danger" onClick={() => setAsking(true)}>
            Take off
          </Button>
        ) : null
      }
    >
      {entry.reason ? `${reasonWords(entry.reason)}, ` : 'Since '}
      <Instant iso={entry.createdAt} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Take ${entry.phone} off the list?`}
        confirm="Take it off"
        variant="danger"
        busy={remove.isPending}
        onConfirm={() =>
          remove.mutate(
            { make: () => removeDncEntry(entry.phone), done: 'Number taken off the list' },
            { onSettled: () => setAsking(false) },
          )
        }
      >
        <p>Campaigns may reach this number again. Do this only when the person asked for it.</p>
      </ConfirmDialog>
    </SettingsRow>
  );
}
