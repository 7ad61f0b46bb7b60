import { CalendarCheck, Clock, MessageSquare, MessageSquareReply, PhoneOutgoing } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { cx } from '../../lib/format.ts';

const steps: { icon: LucideIcon; title: string; detail: string; now?: boolean }[] = [
  { icon: MessageSquare, title: 'Text', detail: 'Delivered on the first try' },
  { icon: Clock, title: 'Wait for a reply', detail: 'Two days, in the lead’s own time zone' },
  { icon: PhoneOutgoing, title: 'Call', detail: 'Inside calling hours, three attempts at most' },
  { icon: MessageSquareReply, title: 'Reply', detail: '“Yes, Thursday works for me”', now: true },
  { icon: CalendarCheck, title: 'Appointment set', detail: 'Stage moved, journey completed' },
];

/** What the product does, in one picture. */
export function JourneySketch() {
  return (
    <div className="w-full max-w-md px-10">
      <p className="text-lg font-medium text-balance">
        Every lead has a journey that keeps its promises: no text twice, no call at night, no reply missed.
      </p>
      <ol className="mt-8">
        {steps.map(({ icon: Icon, title, detail, now }, index) => (
          <li key={title} className="relative flex gap-4 pb-6 last:pb-0">
            {index < steps.length - 1 ? (
              <span className="absolute top-9 bottom-0 left-[17px] w-px bg-line-strong" />
            ) : null}
            <span
              className={cx(
                'grid size-9 shrink-0 place-items-center rounded-full border',
                now
                  ? 'border-accent bg-accent text-on-accent'
                  : 'border-line-strong bg-surface text-ink-muted',
              )}
            >
              <Icon className="size-[18px]" />
            </span>
            <span className="pt-1">
              <span className="block text-sm font-medium">{title}</span>
              <span className="block text-[13px] text-ink-muted">{detail}</span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
