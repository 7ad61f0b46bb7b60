import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Route } from 'lucide-react';
import type { ReactNode } from 'react';
import { leadQuery } from '../../data/queries.ts';
import type { Lead } from '../../data/types.ts';
import { Badge } from '../../components/badge.tsx';
import { Card, Fact, Facts } from '../../components/card.tsx';
import { JourneyList } from '../../components/journeys/journey-list.tsx';
import { Page } from '../../components/page.tsx';
import { StageBadge } from '../../components/stage-badge.tsx';
import { EmptyState, ErrorState, SkeletonPage } from '../../components/states.tsx';
import { Instant } from '../../components/time.tsx';
import { leadName, words } from '../../lib/format.ts';
import { formatInstant, zoneName } from '../../lib/format-time.ts';
import { useNow } from '../../lib/use-now.ts';
import { LeadWhy } from './lead-why.tsx';
import { CallbacksCard } from './callbacks-card.tsx';
import { ReviewsCard } from './reviews-card.tsx';
import { TasksCard } from './tasks-card.tsx';

const route = getRouteApi('/member/leads/$leadId');
const linkClass = 'rounded text-accent hover:underline';

/** A person to reach: who they are, where they stand, and their journeys. */
export function LeadPage() {
  const { leadId } = route.useParams();
  const query = useQuery(leadQuery(leadId));
  const crumbs = [{ label: 'Leads', link: { to: '/leads' as const } }];
  const lead = query.data;
  if (!lead) {
    return (
      <Page title="Lead" crumbs={crumbs} heading={query.isError ? 'Lead' : ' '}>
        {query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonPage />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={leadName(lead)}
      heading={
        <>
          <span className="min-w-0 break-words">{leadName(lead)}</span>
          <Badge>{words(lead.status)}</Badge>
        </>
      }
      description={lead.company}
      crumbs={crumbs}
    >
      <div className="space-y-5">
        <LeadFacts lead={lead} />
        <ReviewsCard leadId={lead.id} />
        <TasksCard leadId={lead.id} />
        <CallbacksCard lead={lead} />
        <Card title="Journeys" flush>
          <JourneyList
            filter={{ leadId: lead.id }}
            columns="ofLead"
            empty={
              <EmptyState icon={Route} title="No journey yet">
                A journey begins when this lead is launched into a campaign.
              </EmptyState>
            }
          />
        </Card>
        <LeadWhy leadId={lead.id} />
      </div>
    </Page>
  );
}

function LeadFacts({ lead }: { lead: Lead }) {
  const place = [
    lead.address,
    lead.city,
    [lead.state, lead.postalCode].filter(Boolean).join(' '),
    lead.country,
  ];
  const custom = Object.entries(lead.customFields);
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
        <Fact label="Stage">{lead.stage ? <StageBadge stage={lead.stage} /> : '–'}</Fact>
        <Fact label="Local time">
          <LocalTime timeZones={lead.timeZones} />
        </Fact>
        <Fact label="Address">{place.filter(Boolean).join(', ') || '–'}</Fact>
        <Fact label="Source">{lead.source ?? '–'}</Fact>
        <Fact label="Score">{lead.score ?? '–'}</Fact>
        <Fact label="External id">
          <span className="font-mono text-xs break-all">{lead.externalId ?? '–'}</span>
        </Fact>
        <Fact label="Added">
          <Instant iso={lead.createdAt} />
        </Fact>
        {custom.map(([name, value]) => (
          <Fact key={name} label={words(name)}>
            {value || '–'}
          </Fact>
        ))}
      </Facts>
      {lead.tags.length > 0 ? (
        <Tags>
          {lead.tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </Tags>
      ) : null}
    </Card>
  );
}

function Tags({ children }: { children: ReactNode }) {
  return (
    <div aria-label="Tags" className="mt-4 flex flex-wrap gap-1.5 border-t border-line pt-3">
      {children}
    </div>
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
