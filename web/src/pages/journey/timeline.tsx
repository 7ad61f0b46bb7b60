import { useQuery } from '@tanstack/react-query';
import { timelineQuery } from '../../data/queries.ts';
import type { Journey, TimelineItem } from '../../data/types.ts';
import { Card } from '../../components/card.tsx';
import { ErrorState, SkeletonRows } from '../../components/states.tsx';
import { formatDay, zoneName } from '../../lib/format-time.ts';
import { plural } from '../../lib/format.ts';
import { TimelineEntry } from './timeline-entry.tsx';

/** Everything that happened, oldest first, by day and hour where the lead is. */
export function Timeline({ journey }: { journey: Journey }) {
  const query = useQuery(timelineQuery(journey.id));
  const [zone] = journey.lead.timeZones;
  const items = query.data?.items ?? [];
  return (
    <Card
      title="Timeline"
      actions={
        <span className="text-xs text-ink-faint">
          {items.length > 0 ? `${plural(items.length, 'entry', 'entries')}, ` : null}
          {zone ? `times where the lead is (${zoneName(journey.updatedAt, zone)})` : 'times on your clock'}
        </span>
      }
      flush
    >
      {query.isPending ? (
        <SkeletonRows rows={5} />
      ) : query.isError && items.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : items.length === 0 ? (
        <p className="px-4 py-10 text-center text-sm text-ink-muted">
          Nothing yet. The first entry appears as soon as the journey has taken a step.
        </p>
      ) : (
        <div className="px-4 pt-1 pb-4" aria-live="polite" aria-relevant="additions">
          {byDay(items, zone).map(({ day, entries }) => (
            <section key={day} aria-label={day}>
              <h3 className="py-3 text-xs font-medium text-ink-faint">{day}</h3>
              <ol>
                {entries.map((item, index) => (
                  <TimelineEntry
                    key={`${item.at} ${item.kind} ${item.message?.id ?? item.call?.id ?? index}`}
                    item={item}
                    journeyId={journey.id}
                    timeZone={zone}
                  />
                ))}
              </ol>
            </section>
          ))}
        </div>
      )}
    </Card>
  );
}

function byDay(
  items: TimelineItem[],
  timeZone: string | undefined,
): { day: string; entries: TimelineItem[] }[] {
  const days: { day: string; entries: TimelineItem[] }[] = [];
  for (const item of items) {
    const day = formatDay(item.at, timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(item);
    else days.push({ day, entries: [item] });
  }
  return days;
}
