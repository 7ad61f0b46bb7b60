import { Check, CheckCheck, CircleHelp, Clock, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { TimelineMessage } from '../../data/types.ts';
import { cx } from '../../lib/format.ts';

/** A text as people know texts: ours to the right, theirs to the left, with how far ours has come. */
export function MessageBubble({ message }: { message: TimelineMessage }) {
  const ours = message.direction === 'outbound';
  return (
    <div className={cx('mt-1.5 flex flex-col', ours ? 'items-end' : 'items-start')}>
      <p
        className={cx(
          'max-w-[min(34rem,92%)] rounded-2xl px-3.5 py-2 text-sm break-words whitespace-pre-wrap',
          ours ? 'rounded-br-md bg-accent-soft text-ink' : 'rounded-bl-md bg-sunken text-ink',
        )}
      >
        {message.body}
      </p>
      {ours ? <Delivery message={message} /> : null}
    </div>
  );
}

function Delivery({ message }: { message: TimelineMessage }) {
  const { icon: Icon, label, className } = deliveryOf(message);
  return (
    <p className={cx('mt-1 flex items-center gap-1 text-xs', className)}>
      <Icon className="size-3.5" aria-hidden />
      {label}
    </p>
  );
}

/** The ledger's state first: it knows of refusals and doubts that the carrier never heard of. */
function deliveryOf({ state, carrierStatus, errorCode }: TimelineMessage): {
  icon: LucideIcon;
  label: string;
  className: string;
} {
  const because = errorCode === null ? '' : ` (error ${errorCode})`;
  if (state === 'unknown') {
    return { icon: CircleHelp, label: 'Nobody can say whether it was sent', className: 'text-warn' };
  }
  if (state === 'refused') return { icon: TriangleAlert, label: 'Not sent', className: 'text-warn' };
  if (state === 'failed') {
    return { icon: TriangleAlert, label: `Not sent${because}`, className: 'text-bad' };
  }
  switch (carrierStatus) {
    case 'delivered':
      return { icon: CheckCheck, label: 'Delivered', className: 'text-ok' };
    case 'undelivered':
    case 'failed':
      return { icon: TriangleAlert, label: `Not delivered${because}`, className: 'text-bad' };
    case 'canceled':
      return { icon: TriangleAlert, label: 'Cancelled', className: 'text-warn' };
    case 'sent':
      return { icon: Check, label: 'Sent', className: 'text-ink-faint' };
    default:
      return state === 'sent'
        ? { icon: Check, label: 'With the carrier', className: 'text-ink-faint' }
        : { icon: Clock, label: 'Sending', className: 'text-ink-faint' };
  }
}
