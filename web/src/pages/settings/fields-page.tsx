import { useQuery } from '@tanstack/react-query';
import { ListPlus, Plus } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/states.tsx';
import { customFieldsQuery } from '../../data/leads.ts';
import type { CustomField } from '../../data/leads.ts';
import { changeCustomField } from '../../data/settings.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { SettingsList, SettingsRow } from './settings-list.tsx';
import { typeWords } from './field-types.ts';
import { useSetting } from './use-setting.ts';

const FieldDialog = lazyDialog(async () => (await import('./field-dialog.tsx')).FieldDialog);

/** What an organisation keeps of its leads besides what everybody does. */
export function FieldsPage() {
  const { mayLaunch } = usePermissions();
  const [asking, setAsking] = useState<{ field: CustomField | undefined } | null>(null);
  const [open, setOpen] = useState(false);
  const ask = (field?: CustomField) => {
    setAsking({ field });
    setOpen(true);
  };
  return (
    <>
      <SettingsList
        title="Custom fields"
        query={useQuery(customFieldsQuery)}
        actions={
          mayLaunch ? (
            <Button size="sm" onClick={() => ask()}>
              <Plus aria-hidden />
              Add a field
            </Button>
          ) : null
        }
        empty={
          <EmptyState icon={ListPlus} title="No custom field yet">
            Columns of your files that are none of ours, such as a plan or a renewal date, with a type that is
            held to.
          </EmptyState>
        }
      >
        {(field) => <FieldRow key={field.id} field={field} onEdit={mayLaunch ? () => ask(field) : null} />}
      </SettingsList>
      {asking ? (
        <FieldDialog
          key={asking.field?.id ?? 'new'}
          open={open}
          onOpenChange={setOpen}
          field={asking.field}
        />
      ) : null}
    </>
  );
}

function FieldRow({ field, onEdit }: { field: CustomField; onEdit: (() => void) | null }) {
  const change = useSetting(['custom-fields']);
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
          <>
            <Button
              size="sm"
              variant="ghost"
              busy={change.isPending}
              onClick={() =>
                change.mutate({
                  make: () => changeCustomField(field.id, { archived: !archived }),
                  done: archived ? 'Field brought back' : 'Field archived',
                })
              }
            >
              {archived ? 'Bring back' : 'Archive'}
            </Button>
            <Button size="sm" onClick={onEdit} aria-label={`Edit ${field.label}`}>
              Edit
            </Button>
          </>
        ) : null
      }
    >
      {typeWords[field.type]}
      {field.options.length > 0 ? `: ${field.options.join(', ')}` : null}
    </SettingsRow>
  );
}
