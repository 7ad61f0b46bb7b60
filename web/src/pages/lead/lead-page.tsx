import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Badge } from '../../components/badge.tsx';
import { Page } from '../../components/page.tsx';
import { ErrorState, SkeletonPage } from '../../components/states.tsx';
import { leadQuery } from '../../data/queries.ts';
import { leadName, words } from '../../lib/format.ts';
import { ActiveJourneys } from './active-journeys.tsx';
import { BlocksCard } from './blocks-card.tsx';
import { CallbacksCard } from './callbacks-card.tsx';
import { DuplicatesCard } from './duplicates-card.tsx';
import { JourneysCard } from './journeys-card.tsx';
import { LeadActions } from './lead-actions.tsx';
import { LeadFacts } from './lead-facts.tsx';
import { LeadTimeline } from './lead-timeline.tsx';
import { NotesCard } from './notes-card.tsx';
import { ReviewsCard } from './reviews-card.tsx';
import { TasksCard } from './tasks-card.tsx';

const route = getRouteApi('/member/leads/$leadId');
const crumbs = [{ label: 'Leads', link: { to: '/leads' as const } }];

/** A person to reach: what goes on, what happened, who they are, and what can be done. */
export function LeadPage() {
  const { leadId } = route.useParams();
  const query = useQuery(leadQuery(leadId));
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
          {lead.blocked ? (
            <Badge tone="bad" dot>
              Blocked
            </Badge>
          ) : null}
        </>
      }
      description={lead.company}
      crumbs={crumbs}
      actions={<LeadActions lead={lead} />}
    >
      {/* On a narrow screen the timeline comes last: it has no end to scroll past. */}
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-[minmax(0,1fr)_24rem] xl:grid-rows-[auto_1fr]">
        <div className="min-w-0 space-y-5 empty:hidden">
          <ActiveJourneys leadId={lead.id} />
          <ReviewsCard leadId={lead.id} />
          <TasksCard leadId={lead.id} />
        </div>
        <div className="min-w-0 space-y-5 xl:col-start-2 xl:row-span-2 xl:row-start-1">
          <LeadFacts lead={lead} />
          <BlocksCard leadId={lead.id} />
          <DuplicatesCard lead={lead} />
          <NotesCard leadId={lead.id} />
          <CallbacksCard lead={lead} />
          <JourneysCard leadId={lead.id} />
        </div>
        <div className="min-w-0 xl:col-start-1">
          <LeadTimeline lead={lead} />
        </div>
      </div>
    </Page>
  );
}
