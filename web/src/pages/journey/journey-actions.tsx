import {
  Bookmark,
  CalendarClock,
  Ellipsis,
  ExternalLink,
  Pause,
  Play,
  SkipForward,
  UserMinus,
} from 'lucide-react';
import { useState } from 'react';
import type { Journey } from '../../data/types.ts';
import { Button, buttonClass } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { cx, words } from '../../lib/format.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { toastError } from '../../lib/toasts.ts';
import { useJourneyAction } from './use-journey-action.ts';

const DispositionDialog = lazyDialog(
  async () => (await import('./disposition-dialog.tsx')).DispositionDialog,
);
const RescheduleDialog = lazyDialog(async () => (await import('./reschedule-dialog.tsx')).RescheduleDialog);
const RemoveDialog = lazyDialog(async () => (await import('./remove-dialog.tsx')).RemoveDialog);

type Asking = 'disposition' | 'reschedule' | 'remove' | 'skip' | null;

/** What a person can do about one journey, and the way into its workflow. */
export function JourneyActions({ journey }: { journey: Journey }) {
  const { mayWork } = usePermissions();
  const running = journey.endedAt === null && (journey.status === 'active' || journey.status === 'paused');
  return (
    <>
      {journey.temporalUrl === null ? null : (
        <a
          href={journey.temporalUrl}
          target="_blank"
          rel="noreferrer"
          className={cx(buttonClass('ghost'), 'max-sm:order-last')}
        >
          <ExternalLink aria-hidden />
          Open in Temporal Web
        </a>
      )}
      {mayWork && running ? <RunningActions journey={journey} /> : null}
    </>
  );
}

function RunningActions({ journey }: { journey: Journey }) {
  const [asking, setAsking] = useState<Asking>(null);
  const toggle = useJourneyAction(journey.id);
  const skip = useJourneyAction(journey.id);
  const openAs = (which: Asking) => (open: boolean) => setAsking(open ? which : null);
  const action = journey.status === 'paused' ? 'resume' : 'pause';
  const Icon = action === 'pause' ? Pause : Play;
  const mayReschedule =
    journey.waitingFor !== null && journey.waitingFor !== 'call' && journey.waitingFor !== 'hold';
  return (
    <>
      <Button
        variant={action === 'resume' ? 'primary' : 'secondary'}
        busy={toggle.isPending}
        onClick={() =>
          toggle.mutate(
            { action },
            { onError: (error) => toastError(`Could not ${action} the journey`, error) },
          )
        }
      >
        {toggle.isPending ? null : <Icon aria-hidden />}
        {words(action)}
      </Button>
      <Button onClick={() => setAsking('disposition')}>
        <Bookmark aria-hidden />
        Set disposition
      </Button>
      <Menu
        trigger={
          <Button aria-label="More actions" className="w-9 px-0">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem disabled={!mayReschedule} onClick={() => setAsking('reschedule')}>
          <CalendarClock aria-hidden />
          Reschedule…
        </MenuItem>
        <MenuItem disabled={journey.waitingFor === null} onClick={() => setAsking('skip')}>
          <SkipForward aria-hidden />
          Skip this step…
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger onClick={() => setAsking('remove')}>
          <UserMinus aria-hidden />
          Remove from the journey…
        </MenuItem>
      </Menu>
      <DispositionDialog
        journey={journey}
        open={asking === 'disposition'}
        onOpenChange={openAs('disposition')}
      />
      <RescheduleDialog
        journey={journey}
        open={asking === 'reschedule'}
        onOpenChange={openAs('reschedule')}
      />
      <RemoveDialog journey={journey} open={asking === 'remove'} onOpenChange={openAs('remove')} />
      <ConfirmDialog
        open={asking === 'skip'}
        onOpenChange={(open) => {
          setAsking(open ? 'skip' : null);
          skip.reset();
        }}
        title="Skip this step?"
        confirm="Skip it"
        busy={skip.isPending}
        onConfirm={() => skip.mutate({ action: 'skip-step' }, { onSuccess: () => setAsking(null) })}
      >
        <p>
          The journey leaves <strong className="font-medium text-ink">{words(journey.stepId ?? '')}</strong>{' '}
          now and goes on with the step after it.
        </p>
        <ProblemNote error={skip.error} />
      </ConfirmDialog>
    </>
  );
}
