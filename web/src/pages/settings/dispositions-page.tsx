import { useQuery } from '@tanstack/react-query';
import { Bookmark } from 'lucide-react';
import { Badge } from '../../components/badge.tsx';
import { EmptyState } from '../../components/states.tsx';
import { allDispositionsQuery, changeDisposition } from '../../data/settings.ts';
import type { Disposition } from '../../data/settings.ts';
import { words } from '../../lib/format.ts';
import { formatLength } from '../../lib/format-time.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { AddButton, EntryActions, SettingsList, SettingsRow, useEntryDialog } from './settings-list.tsx';

const DispositionDialog = lazyDialog(
  async () => (await import('./disposition-dialog.tsx')).DispositionDialog,
);

/** What can come of a contact, and what follows from it. */
export function DispositionsPage() {
  const { mayLaunch } = usePermissions();
  const { ask, dialog } = useEntryDialog<Disposition>(({ code }) => code);
  return (
    <>
      <SettingsList
        title="Dispositions"
        query={useQuery(allDispositionsQuery)}
        actions={mayLaunch ? <AddButton onClick={() => ask()}>Add a disposition</AddButton> : null}
        empty={
          <EmptyState icon={Bookmark} title="No disposition yet">
            A disposition says what came of a contact, and what follows from it.
          </EmptyState>
        }
      >
        {(disposition) => (
          <DispositionRow
            key={disposition.code}
            disposition={disposition}
            onEdit={mayLaunch ? () => ask(disposition) : null}
          />
        )}
      </SettingsList>
      {dialog ? <DispositionDialog key={dialog.key} {...dialog.props} disposition={dialog.entry} /> : null}
    </>
  );
}

function DispositionRow({ disposition, onEdit }: { disposition: Disposition; onEdit: (() => void) | null }) {
  const archived = disposition.archivedAt !== null;
  return (
    <SettingsRow
      title={disposition.label}
      badges={
        <>
          <span className="font-mono text-xs font-normal text-ink-faint">{disposition.code}</span>
          {archived ? <Badge>Archived</Badge> : null}
        </>
      }
      actions={
        onEdit ? (
          <EntryActions
            name={disposition.label}
            keys={['dispositions']}
            onEdit={onEdit}
            use={{
              label: archived ? 'Bring back' : 'Archive',
              make: () => changeDisposition(disposition.code, { archived: !archived }),
              done: archived ? 'Disposition brought back' : 'Disposition archived',
            }}
          />
        ) : null
      }
    >
      {sentence(rulesOf(disposition).join(' · ')) || 'Recorded, and nothing else'}
    </SettingsRow>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What follows from a disposition, in words. */
function rulesOf(rules: Disposition): string[] {
  return [
    rules.leadStatus ? `status ${words(rules.leadStatus).toLowerCase()}` : null,
    rules.stage ? `stage ${rules.stage}${rules.autoCreateStage ? ' (made when missing)' : ''}` : null,
    rules.removeFromCampaigns ? 'leaves all campaigns' : null,
    rules.addToDnc ? 'do-not-call' : null,
    rules.callbackAfterMinutes === null
      ? null
      : `a callback after ${formatLength(rules.callbackAfterMinutes * 60_000)}`,
    rules.followUpTask ? `task “${rules.followUpTask}”` : null,
  ].filter((part) => part !== null);
}
