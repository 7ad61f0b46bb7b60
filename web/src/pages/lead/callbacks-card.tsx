import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PhoneForwarded } from 'lucide-react';
import { useState } from 'react';
import { answerOf, api } from '../../data/client.ts';
import { callbacksOfLeadQuery } from '../../data/queries.ts';
import type { Callback, Lead } from '../../data/types.ts';
import { Badge } from '../../components/badge.tsx';
import type { Tone } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorState, SkeletonRows } from '../../components/states.tsx';
import { LeadTime } from '../../components/time.tsx';
import { plural, words } from '../../lib/format.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';

const PromiseDialog = lazyDialog(async () => (await import('./promise-dialog.tsx')).PromiseDialog);

const tones: Record<Callback['status'], Tone> = {
  scheduled: 'accent',
  kept: 'ok',
  missed: 'bad',
  cancelled: 'neutral',
};

/** When this lead was promised a call, and what became of it. */
export function CallbacksCard({ lead }: { lead: Lead }) {
  const { mayWork } = usePermissions();
  const [promising, setPromising] = useState(false);
  const query = useQuery(callbacksOfLeadQuery(lead.id));
  const callbacks = query.data?.items;
  return (
    <Card
      title="Callbacks"
      flush
      actions={
        mayWork ? (
          <Button size="sm" onClick={() => setPromising(true)}>
            <PhoneForwarded aria-hidden />
            Promise a call
          </Button>
        ) : null
      }
    >
      {query.isError && !callbacks ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : !callbacks ? (
        <SkeletonRows rows={1} />
      ) : callbacks.length === 0 ? (
        <p className="px-4 py-3.5 text-sm text-ink-muted">No call has been promised.</p>
      ) : (
        <ul aria-label="Callbacks" className="divide-y divide-line">
          {callbacks.map((callback) => (
            <CallbackLine key={callback.id} callback={callback} mayWork={mayWork} />
          ))}
        </ul>
      )}
      <PromiseDialog lead={lead} open={promising} onOpenChange={setPromising} />
    </Card>
  );
}

function CallbackLine({ callback, mayWork }: { callback: Callback; mayWork: boolean }) {
  const late = callback.status === 'kept' && callback.late === true;
  const told = [
    callback.attempts > 0 ? plural(callback.attempts, 'try', 'tries') : null,
    callback.note,
    callback.say ? `Says: ${callback.say}` : null,
  ].filter(Boolean);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5 text-sm">
      <LeadTime iso={callback.dueAt} timeZones={callback.lead.timeZones} />
      <Badge tone={late ? 'warn' : tones[callback.status]} dot>
        {late ? 'Kept late' : words(callback.status)}
      </Badge>
      <span className="min-w-0 flex-1 basis-40 text-[13px] break-words text-ink-muted">
        {told.join(' · ')}
      </span>
      {mayWork && callback.status === 'scheduled' ? <CancelButton callback={callback} /> : null}
    </li>
  );
}

function CancelButton({ callback }: { callback: Callback }) {
  const [asking, setAsking] = useState(false);
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => answerOf(api.callbacks[':id'].cancel.$post({ param: { id: callback.id }, json: {} })),
    onSuccess: () => toastDone('Callback cancelled'),
    onError: (error) => toastError('The callback was not cancelled', error),
    onSettled: () => {
      setAsking(false);
      void queryClient.invalidateQueries({ queryKey: callbacksOfLeadQuery(callback.lead.id).queryKey });
    },
  });
  return (
    <>
      <Button size="sm" variant="quiet-danger" onClick={() => setAsking(true)}>
        Cancel
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Take the promise back?"
        confirm="Cancel the callback"
        cancel="Keep it"
        variant="danger"
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate()}
      >
        <p>Leadway will not call, and nobody is told: let the person know.</p>
      </ConfirmDialog>
    </>
  );
}
