import { useQuery } from '@tanstack/react-query';
import { ListPlus } from 'lucide-react';
import { Badge } from '../../components/badge.tsx';
import { EmptyState } from '../../components/states.tsx';
import { customFieldsQuery } from '../../data/leads.ts';
import type { CustomField } from '../../data/leads.ts';
import { changeCustomField } from '../../data/settings.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { AddButton, EntryActions, SettingsList, SettingsRow, useEntryDialog } from './settings-list.tsx';
import { typeWords } from './field-types.ts';

const FieldDialog = lazyDialog(async () => (await import('./field-dialog.tsx')).FieldDialog);

/** What an organisation keeps of its leads besides what everybody does. */
export function FieldsPage() {
  const { mayLaunch } = usePermissions();
  const { ask, dialog } = useEntryDialog<CustomField>(({ id }) => id);
  return (
    <>
      <SettingsList
        title="Custom fields"
        query={useQuery(customFieldsQuery)}
        actions={mayLaunch ? <AddButton onClick={() => ask()}>Add a field</AddButton> : null}
        empty={
          <EmptyState icon={ListPlus} title="No custom field yet">
            Columns of your files that are none of ours, such as a plan or a renewal date, with a type that is
            held to.
          </EmptyState>
        }
      >
        {(field) => <FieldRow key={field.id} field={field} onEdit={mayLaunch ? () => ask(field) : null} />}
      </SettingsList>
      {dialog ? <FieldDialog key={dialog.key} {...dialog.props} field={dialog.entry} /> : null}
    </>
  );
}

function FieldRow({ field, onEdit }: { field: CustomField; onEdit: (() => void) | null }) {
  const archived = field.archivedAt !== null;
  return (
    <SettingsRow
      title={field.label}
      badges={
        <>
          <span className="font-mono text-xs font-normal text-ink-faint">{field.name}</span>
          {archived ? <Badge>Archived</Badge> : null}
        </>
      }
      actions={
        onEdit ? (
          <EntryActions
            name={field.label}
            keys={['custom-fields']}
            onEdit={onEdit}
            use={{
              label: archived ? 'Bring back' : 'Archive',
              make: () => changeCustomField(field.id, { archived: !archived }),
              done: archived ? 'Field brought back' : 'Field archived',
            }}
          />
        ) : null
      }
    >
      {typeWords[field.type]}
      {field.options.length > 0 ? `: ${field.options.join(', ')}` : null}
    </SettingsRow>
  );
}
