import { useQuery } from '@tanstack/react-query';
import { Settings2 } from 'lucide-react';
import { useState } from 'react';
import { numbersQuery } from '../../data/campaigns.ts';
import type { Campaign } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { Card, Fact, Facts } from '../../components/card.tsx';
import { Instant } from '../../components/time.tsx';
import { plural } from '../../lib/format.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { describeHours, describeRun, formatDate, resumeChoices } from './settings-words.ts';

const SettingsDialog = lazyDialog(async () => (await import('./settings-dialog.tsx')).SettingsDialog);

/** How a campaign sends. */
export function SettingsCard({ campaign }: { campaign: Campaign }) {
  const { mayLaunch } = usePermissions();
  const [editing, setEditing] = useState(false);
  // Each time it opens it begins with the settings as they are then.
  const [times, setTimes] = useState(0);
  const edit = () => {
    setTimes(times + 1);
    setEditing(true);
  };
  const { settings, createdAt } = campaign;
  return (
    <Card
      title="How it sends"
      actions={
        mayLaunch ? (
          <>
            <Button size="sm" onClick={edit}>
              <Settings2 aria-hidden />
              Settings
            </Button>
            <SettingsDialog key={times} campaign={campaign} open={editing} onOpenChange={setEditing} />
          </>
        ) : null
      }
    >
      <Facts>
        <Fact label="Hours, where the lead is">{describeHours(settings.hours)}</Fact>
        <Fact label="Runs">{describeRun(settings)}</Fact>
        <Fact label="Days off">
          {settings.holidays.length === 0
            ? 'None'
            : settings.holidays.length > 3
              ? plural(settings.holidays.length, 'day')
              : settings.holidays.map(formatDate).join(', ')}
        </Fact>
        <Fact label="Numbers">
          <Numbers ids={settings.numberIds} />
        </Fact>
        <Fact label="No text after a text within">{settings.recentSmsHours} h</Fact>
        <Fact label="No text after a reply within">{settings.recentReplyHours} h</Fact>
        <Fact label="Consent">
          {settings.requireConsent ? 'A recorded opt-in is needed' : 'Until an opt-out'}
        </Fact>
        <Fact label="After a pause">
          {resumeChoices.find(({ value }) => value === settings.resumePolicy)?.label}
        </Fact>
        <Fact label="Made">
          <Instant iso={createdAt} />
        </Fact>
      </Facts>
    </Card>
  );
}

function Numbers({ ids }: { ids: string[] | null }) {
  const { data } = useQuery({ ...numbersQuery, enabled: ids !== null });
  if (ids === null) return 'All of ours';
  const known = data?.items.filter(({ id }) => ids.includes(id)).map(({ e164 }) => e164) ?? [];
  return known.length > 0 && known.length <= 2 ? known.join(', ') : `${ids.length} chosen`;
}
