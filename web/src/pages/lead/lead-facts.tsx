import { Link } from '@tanstack/react-router';
import { Card, Fact, Facts } from '../../components/card.tsx';
import { StageBadge } from '../../components/stage-badge.tsx';
import { Instant, RelativeTime } from '../../components/time.tsx';
import type { Lead } from '../../data/types.ts';
import { formatInstant, zoneName } from '../../lib/format-time.ts';
import { useNow } from '../../lib/use-now.ts';
import { useFieldLabels } from './use-field-labels.ts';

const linkClass = 'rounded text-accent hover:underline';

/** Who the lead is and where. */
export function LeadFacts({ lead }: { lead: Lead }) {
  const labelOf = useFieldLabels();
  const place = [
    lead.address,
    lead.city,
    [lead.state, lead.postalCode].filter(Boolean).join(' '),
    lead.country,
  ];
  const custom = Object.entries(lead.customFields).filter(([, value]) => value !== '');
  return (
    <Card title="Details">
      <Facts>
        <Fact label="Phone">
          <a href={`tel:${lead.phone}`} className={`tabular ${linkClass}`}>
            {lead.phoneFormatted}
          </a>
        </Fact>
        <Fact label="E-mail">
          {lead.email ? (
            <a href={`mailto:${lead.email}`} className={`break-all ${linkClass}`}>
              {lead.email}
            </a>
          ) : (
            '–'
          )}
        </Fact>
        <Fact label="Local time">
          <LocalTime timeZones={lead.timeZones} />
        </Fact>
        <Fact label="Stage">
          {lead.stage ? (
            <>
              <StageBadge stage={lead.stage} />
              {lead.stageEnteredAt ? (
                <span className="block text-xs text-ink-faint">
                  since <RelativeTime iso={lead.stageEnteredAt} />
                </span>
              ) : null}
            </>
          ) : (
            '–'
          )}
        </Fact>
        <Fact label="Address">{place.filter(Boolean).join(', ') || '–'}</Fact>
        <Fact label="Source">{lead.source ?? '–'}</Fact>
        {lead.score === null ? null : <Fact label="Score">{lead.score}</Fact>}
        {lead.externalId ? (
          <Fact label="External id">
            <span className="font-mono text-xs break-all">{lead.externalId}</span>
          </Fact>
        ) : null}
        <Fact label="Added">
          <Instant iso={lead.createdAt} />
        </Fact>
        {custom.map(([name, value]) => (
          <Fact key={name} label={labelOf(name)}>
            {value}
          </Fact>
        ))}
      </Facts>
      {lead.tags.length > 0 ? (
        <ul aria-label="Tags" className="mt-4 flex flex-wrap gap-1.5 border-t border-line pt-3">
          {lead.tags.map((tag) => (
            <li key={tag}>
              <Link
                to="/leads"
                search={{ tag }}
                className="inline-flex h-[22px] items-center rounded-full bg-sunken px-2 text-xs font-medium text-ink-muted hover:text-ink hover:underline"
              >
                {tag}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

/** What the clock says where the lead is, in every zone where that may be. */
function LocalTime({ timeZones }: { timeZones: string[] }) {
  const now = new Date(useNow()).toISOString();
  if (timeZones.length === 0) return <>Not known, so nothing is sent</>;
  return timeZones.map((zone) => (
    <span key={zone} className="block" title={zone}>
      {formatInstant(now, zone)} <span className="text-ink-faint">{zoneName(now, zone)}</span>
    </span>
  ));
}
