import { useInfiniteQuery } from '@tanstack/react-query';
import { ShieldCheck, ShieldQuestion } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../components/states.tsx';
import { Instant } from '../../components/time.tsx';
import { consentsQuery } from '../../data/settings.ts';
import type { Consent } from '../../data/settings.ts';
import { words } from '../../lib/format.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { isWholeNumber } from './whole-number.ts';
import { AddButton, SettingsRow } from './settings-list.tsx';

const ConsentDialog = lazyDialog(async () => (await import('./consent-dialog.tsx')).ConsentDialog);

/** The ledger of opt-ins and opt-outs, number by number. */
export function ConsentPage() {
  const { mayLaunch } = usePermissions();
  const [phone, setPhone] = useState('');
  const [recording, setRecording] = useState(false);
  return (
    <Card
      title="What a number has said"
      flush
      actions={mayLaunch ? <AddButton onClick={() => setRecording(true)}>Record a consent</AddButton> : null}
    >
      <div className="border-b border-line px-4 py-3">
        <SearchField label="Look up a whole number" value={phone} onChange={setPhone} className="max-w-sm" />
      </div>
      {!isWholeNumber(phone) ? (
        <EmptyState icon={ShieldQuestion} title="Whose consent?">
          Enter a whole number to see its opt-ins and opt-outs. The newest line rules.
        </EmptyState>
      ) : (
        <Ledger key={phone} phone={phone} />
      )}
      <ConsentDialog open={recording} onOpenChange={setRecording} phone={phone} onRecorded={setPhone} />
    </Card>
  );
}

function Ledger({ phone }: { phone: string }) {
  const query = useInfiniteQuery({ ...consentsQuery(phone), retry: false });
  const lines = query.data?.pages.flatMap((page) => page.items);
  if (!lines) return query.isError ? <ErrorState error={query.error} /> : <SkeletonRows rows={2} />;
  if (lines.length === 0) {
    return (
      <EmptyState icon={ShieldCheck} title="Nothing on record">
        This number has neither opted in nor out.
      </EmptyState>
    );
  }
  return (
    <>
      <ul aria-label="Consent" className="divide-y divide-line">
        {lines.map((line) => (
          <ConsentRow key={line.id} line={line} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <div className="border-t border-line p-2 text-center">
          <Button
            size="sm"
            variant="ghost"
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show earlier lines
          </Button>
        </div>
      ) : null}
    </>
  );
}

const channels: Record<Consent['channel'], string> = {
  all: 'Texts and calls',
  sms: 'Texts',
  voice: 'Calls',
};

function ConsentRow({ line }: { line: Consent }) {
  return (
    <SettingsRow
      title={line.kind === 'opt_in' ? 'Opted in' : 'Opted out'}
      badges={<Badge tone={line.kind === 'opt_in' ? 'ok' : 'bad'}>{channels[line.channel]}</Badge>}
    >
      {words(line.source)}
      {line.campaignId ? ', for one campaign' : null}, <Instant iso={line.createdAt} />
      {line.text ? <blockquote className="mt-1 text-ink">“{line.text}”</blockquote> : null}
    </SettingsRow>
  );
}
