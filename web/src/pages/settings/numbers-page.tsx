import { useQuery } from '@tanstack/react-query';
import { PhoneCall } from 'lucide-react';
import { Badge } from '../../components/badge.tsx';
import { EmptyState } from '../../components/states.tsx';
import { changeNumber, numbersQuery } from '../../data/settings.ts';
import type { OwnedNumber } from '../../data/settings.ts';
import { formatCount } from '../../lib/format.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { AddButton, EntryActions, SettingsList, SettingsRow, useEntryDialog } from './settings-list.tsx';

const NumberDialog = lazyDialog(async () => (await import('./number-dialog.tsx')).NumberDialog);

/** The numbers that texts and calls come from. */
export function NumbersPage() {
  const { mayStop } = usePermissions();
  const query = useQuery(numbersQuery);
  const { ask, dialog } = useEntryDialog<OwnedNumber>(({ id }) => id);
  return (
    <>
      <SettingsList
        title="Numbers"
        query={query}
        actions={mayStop ? <AddButton onClick={() => ask()}>Add a number</AddButton> : null}
        empty={
          <EmptyState icon={PhoneCall} title="No number yet">
            Texts and calls come from numbers that you own at your carrier.
          </EmptyState>
        }
      >
        {(number) => (
          <NumberRow key={number.id} number={number} onEdit={mayStop ? () => ask(number) : null} />
        )}
      </SettingsList>
      {dialog ? <NumberDialog key={dialog.key} {...dialog.props} number={dialog.entry} /> : null}
    </>
  );
}

function NumberRow({ number, onEdit }: { number: OwnedNumber; onEdit: (() => void) | null }) {
  const told = [
    [number.canSms ? 'texts' : null, number.canVoice ? 'calls' : null].filter(Boolean).join(' and '),
    number.areaCode ? `area ${number.areaCode}` : null,
    number.attestation ? `attestation ${number.attestation}` : null,
    `${number.ratePerSecond} a second`,
    number.dailyCap === null
      ? `${formatCount(number.usedToday)} today`
      : `${formatCount(number.usedToday)} of ${formatCount(number.dailyCap)} today`,
  ].filter(Boolean);
  return (
    <SettingsRow
      title={<span className="tabular">{number.formatted}</span>}
      badges={number.isActive ? null : <Badge>Not in use</Badge>}
      actions={
        onEdit ? (
          <EntryActions
            name={number.formatted}
            keys={['numbers']}
            onEdit={onEdit}
            use={{
              label: number.isActive ? 'Take out of use' : 'Use again',
              make: () => changeNumber(number.id, { isActive: !number.isActive }),
              done: number.isActive ? 'Number taken out of use' : 'Number in use',
            }}
          />
        ) : null
      }
    >
      {told.join(' · ')}
    </SettingsRow>
  );
}
