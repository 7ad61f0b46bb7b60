import { formatExactly, formatInstant, formatRelative, localTimes, zoneName } from '../lib/format-time.ts';
import { useNow } from '../lib/use-now.ts';

/** How long ago something happened: "3 min. ago"; the title tells the instant exactly. */
export function RelativeTime({ iso }: { iso: string }) {
  // The page's clock ticks now and then, and what has just happened is not still to come.
  const nowMs = Math.max(useNow(), Date.parse(iso));
  return (
    <time dateTime={iso} title={formatExactly(iso)} className="whitespace-nowrap">
      {formatRelative(iso, nowMs)}
    </time>
  );
}

/** The instant on the reader's clock; the title tells how long ago. */
export function Instant({ iso }: { iso: string }) {
  const nowMs = useNow();
  return (
    <time dateTime={iso} title={`${formatExactly(iso)} (${formatRelative(iso, nowMs)})`}>
      {formatInstant(iso)}
    </time>
  );
}

/**
 * An instant on the lead's own clock, short: "Tue, 24 Nov, 10:05 CST". A lead who may be in several zones gets the
 * first; the title names all.
 */
export function LeadTime({ iso, timeZones }: { iso: string; timeZones: string[] }) {
  const nowMs = useNow();
  const [zone] = timeZones;
  const title = [
    ...localTimes(iso, timeZones).map(({ time, zones }) => `${time} in ${zones.join(', ')}`),
    `${formatExactly(iso)} where you are (${formatRelative(iso, nowMs)})`,
  ].join('\n');
  return (
    <time dateTime={iso} title={title} className="whitespace-nowrap">
      {formatInstant(iso, zone)}
      {zone ? <span className="text-ink-faint"> {zoneName(iso, zone)}</span> : null}
    </time>
  );
}
