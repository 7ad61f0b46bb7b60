import { useInfiniteQuery } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ErrorState, SkeletonRows } from '../../components/states.tsx';
import { leadTimelineQuery } from '../../data/leads.ts';
import type { LeadTimelineItem } from '../../data/leads.ts';
import type { Lead } from '../../data/types.ts';
import { formatDay, zoneName } from '../../lib/format-time.ts';
import { LeadTimelineEntry } from './lead-timeline-entry.tsx';

/** Everything that ever happened with this lead, newest first, by day and hour where the lead is. */
export function LeadTimeline({ lead }: { lead: Lead }) {
  const query = useInfiniteQuery(leadTimelineQuery(lead.id));
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const end = useRef<HTMLDivElement>(null);
  const [zone] = lead.timeZones;
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];

  useEffect(() => {
    if (!hasNextPage || !end.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting && !isFetchingNextPage) void fetchNextPage();
      },
      { rootMargin: '400px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <Card
      title="Timeline"
      flush
      actions={
        <span className="text-xs text-ink-faint">
          {zone ? `times where the lead is (${zoneName(lead.updatedAt, zone)})` : 'times on your clock'}
        </span>
      }
    >
      {query.isPending ? (
        <SkeletonRows rows={5} />
      ) : query.isError && items.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <div className="px-4 pt-1 pb-4" aria-live="polite" aria-relevant="additions">
          {byDay(items, zone).map(({ day, entries }) => (
            <section key={day} aria-label={day}>
              <h3 className="py-3 text-xs font-medium text-ink-faint">{day}</h3>
              <ol>
                {entries.map(({ key, item }) => (
                  <LeadTimelineEntry key={key} item={item} timeZone={zone} />
                ))}
              </ol>
            </section>
          ))}
          {hasNextPage ? (
            <div ref={end} className="flex justify-center pt-3">
              <Button
                size="sm"
                variant="ghost"
                busy={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              >
                Show earlier
              </Button>
            </div>
          ) : isFetchingNextPage ? (
            <LoaderCircle className="mx-auto size-4 animate-spin text-ink-faint" aria-label="Loading" />
          ) : null}
        </div>
      )}
    </Card>
  );
}

type Entry = { key: string; item: LeadTimelineItem };

/** Under their days. An entry keeps its key when newer ones appear above it. */
function byDay(items: LeadTimelineItem[], timeZone: string | undefined): { day: string; entries: Entry[] }[] {
  const days: { day: string; entries: Entry[] }[] = [];
  const seen = new Map<string, number>();
  for (const item of items) {
    const day = formatDay(item.at, timeZone);
    const name = `${item.at} ${item.kind} ${item.title}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    const entry = { key: `${name} ${nth}`, item };
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
