import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { journeyQuery, versionQuery } from '../../data/queries.ts';
import type { Journey } from '../../data/types.ts';
import { JourneyBadge } from '../../components/badge.tsx';
import { Card, Fact, Facts } from '../../components/card.tsx';
import { Page } from '../../components/page.tsx';
import { ErrorState, SkeletonPage } from '../../components/states.tsx';
import { Instant } from '../../components/time.tsx';
import { words } from '../../lib/format.ts';
import { JourneyActions } from './journey-actions.tsx';
import { Timeline } from './timeline.tsx';
import { WaitingCard } from './waiting-card.tsx';
import { WhyNotYet } from './why-not-yet.tsx';

const route = getRouteApi('/member/journeys/$journeyId');
const linkClass = 'rounded text-accent hover:underline';

/** One lead's run through a campaign: what it waits for, what happened, what can be done. */
export function JourneyPage() {
  const { journeyId } = route.useParams();
  const query = useQuery(journeyQuery(journeyId));
  const journey = query.data;
  const crumbs = [{ label: 'Journeys', link: { to: '/journeys' as const } }];
  if (!journey) {
    return (
      <Page title="Journey" crumbs={crumbs} heading={query.isError ? 'Journey' : ' '}>
        {query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonPage />
        )}
      </Page>
    );
  }
  const name = journey.lead.name || 'No name';
  return (
    <Page
      title={name}
      documentTitle={`${name}, ${journey.campaign.name}`}
      heading={
        <>
          <span className="min-w-0 break-words">{name}</span>
          <JourneyBadge status={journey.status} />
        </>
      }
      description={<Subtitle journey={journey} />}
      crumbs={crumbs}
      actions={<JourneyActions journey={journey} />}
    >
      <div className="grid grid-cols-1 gap-5 xl:grid-cols-[minmax(0,1fr)_22rem] xl:grid-rows-[auto_1fr]">
        <div className="space-y-3 xl:col-start-2">
          <WaitingCard journey={journey} />
          {journey.endedAt === null ? <WhyNotYet journey={journey} /> : null}
        </div>
        <div className="min-w-0 xl:col-start-1 xl:row-span-2 xl:row-start-1">
          <Timeline journey={journey} />
        </div>
        <div className="xl:col-start-2">
          <JourneyFacts journey={journey} />
        </div>
      </div>
    </Page>
  );
}

function Subtitle({ journey }: { journey: Journey }) {
  const { data: version } = useQuery(versionQuery(journey.campaign.id, journey.versionId));
  return (
    <span className="flex flex-wrap items-center gap-x-1.5">
      <a href={`tel:${journey.lead.phone}`} className={`tabular ${linkClass}`}>
        {journey.lead.phoneFormatted}
      </a>
      <span aria-hidden>·</span>
      <Link to="/campaigns/$campaignId" params={{ campaignId: journey.campaign.id }} className={linkClass}>
        {journey.campaign.name}
      </Link>
      {version ? <span>version {version.number}</span> : null}
    </span>
  );
}

function JourneyFacts({ journey }: { journey: Journey }) {
  return (
    <Card title="Details">
      <Facts>
        <Fact label="Lead">
          <Link to="/leads/$leadId" params={{ leadId: journey.lead.id }} className={linkClass}>
            {journey.lead.name || 'No name'}
          </Link>
        </Fact>
        <Fact label="Launch">
          <Link to="/launches/$launchId" params={{ launchId: journey.launchId }} className={linkClass}>
            Show its launch
          </Link>
        </Fact>
        <Fact label="Last disposition">
          {journey.lastDisposition === null ? 'None yet' : words(journey.lastDisposition)}
        </Fact>
        <Fact label="Time zone">{journey.lead.timeZones.join(', ') || 'Not known'}</Fact>
        <Fact label="Started">
          <Instant iso={journey.createdAt} />
        </Fact>
        {journey.endedAt ? (
          <Fact label="Ended">
            <Instant iso={journey.endedAt} />
          </Fact>
        ) : null}
      </Facts>
      <details className="mt-4 text-xs text-ink-faint">
        <summary className="cursor-pointer rounded select-none hover:text-ink">For support</summary>
        <dl className="mt-2 space-y-1 font-mono break-all">
          <div>
            <dt className="inline">journey </dt>
            <dd className="inline select-all">{journey.id}</dd>
          </div>
          <div>
            <dt className="inline">workflow </dt>
            <dd className="inline select-all">{journey.workflowId}</dd>
          </div>
        </dl>
      </details>
    </Card>
  );
}
