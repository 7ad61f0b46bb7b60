import { useQuery } from '@tanstack/react-query';
import { PhoneCall, Plus } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/states.tsx';
import { changeNumber, numbersQuery } from '../../data/settings.ts';
import type { OwnedNumber } from '../../data/settings.ts';
import { formatCount } from '../../lib/format.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { SettingsList, SettingsRow } from './settings-list.tsx';
import { useSetting } from './use-setting.ts';

const NumberDialog = lazyDialog(async () => (await import('./number-dialog.tsx')).NumberDialog);

/** The numbers that texts and calls come from. */
export function NumbersPage() {
  const { mayStop } = usePermissions();
  const query = useQuery(numbersQuery);
  const [asking, setAsking] = useState<{ number: OwnedNumber | undefined } | null>(null);
  const [open, setOpen] = useState(false);
  const ask = (number?: OwnedNumber) => {
    setAsking({ number });
    setOpen(true);
  };
  return (
    <>
      <SettingsList
        title="Numbers"
        query={query}
        actions={
          mayStop ? (
            <Button size="sm" onClick={() => ask()}>
              <Plus aria-hidden />
              Add a number
            </Button>
          ) : null
        }
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
      {asking ? (
        <NumberDialog
          key={asking.number?.id ?? 'new'}
          open={open}
          onOpenChange={setOpen}
          number={asking.number}
        />
      ) : null}
    </>
  );
}

function NumberRow({ number, onEdit }: { number: OwnedNumber; onEdit: (() => void) | null }) {
  const change = useSetting(['numbers']);
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
          <>
            <Button
              size="sm"
              variant="ghost"
              busy={change.isPending}
              onClick={() =>
                change.mutate({
                  make: () => changeNumber(number.id, { isActive: !number.isActive }),
                  done: number.isActive ? 'Number taken out of use' : 'Number in use',
                })
              }
            >
              {number.isActive ? 'Take out of use' : 'Use again'}
            </Button>
            <Button size="sm" onClick={onEdit} aria-label={`Edit ${number.formatted}`}>
              Edit
            </Button>
          </>
        ) : null
      }
    >
      {told.join(' · ')}
    </SettingsRow>
  );
}
