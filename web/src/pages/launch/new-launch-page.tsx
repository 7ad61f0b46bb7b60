import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useLocation } from '@tanstack/react-router';
import { FileUp, ShieldAlert, Users } from 'lucide-react';
import { importsQuery } from '../../data/imports.ts';
import { savedFiltersQuery } from '../../data/leads.ts';
import { buttonClass } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Page } from '../../components/page.tsx';
import { Select } from '../../components/select.tsx';
import type { SelectOption } from '../../components/select.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { filterSize, queryOf } from '../../lib/lead-filter.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { usePermissions } from '../../lib/permissions.ts';
import { FilterWords } from './filter-words.tsx';
import { LaunchForm } from './launch-form.tsx';
import { useWhom } from './whom.ts';
import type { LaunchSearch, Whom } from './whom.ts';

const route = getRouteApi('/member/launch');
const crumbs = [{ label: 'Launch', link: { to: '/' as const } }];

/** Launches leads that are known already: those of a filter, of a file, or chosen one by one. */
export function NewLaunchPage() {
  const { mayLaunch } = usePermissions();
  const search = route.useSearch();
  const leadIds = useLocation({ select: ({ state }) => state.leadIds });
  const whom = useWhom(search, leadIds);
  if (!mayLaunch) {
    return (
      <Page title="Launch known leads" crumbs={crumbs} narrow>
        <EmptyState icon={ShieldAlert} title="Your role does not launch campaigns">
          Ask a manager of your organisation.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title="Launch known leads"
      description="Choose whom and into what; you see what it comes to before anything is sent."
      crumbs={crumbs}
      narrow
    >
      <div className="space-y-4">
        <Whose search={search} whom={whom} leadIds={leadIds} />
        {whom === null ? null : whom.leads === 0 ? (
          <Card flush>
            <EmptyState icon={Users} title="Nobody is on this list at present">
              Choose others, or widen the filter on the page of leads.
            </EmptyState>
          </Card>
        ) : (
          <LaunchForm
            key={JSON.stringify(whom.cohort)}
            cohort={whom.cohort}
            leads={whom.leads}
            suggestedName={whom.name}
            from={whom.from}
            into={search.into}
          />
        )}
      </div>
    </Page>
  );
}

function Whose({
  search,
  whom,
  leadIds,
}: {
  search: LaunchSearch;
  whom: Whom | null;
  leadIds: string[] | undefined;
}) {
  const navigate = route.useNavigate();
  const saved = useQuery(savedFiltersQuery);
  const imports = useInfiniteQuery(importsQuery(50));
  const done = (imports.data?.pages.flatMap((page) => page.items) ?? []).filter(
    ({ status }) => status === 'done',
  );
  const handed = handedOver(search, leadIds);
  const options: SelectOption[] = [
    ...(handed ? [handed] : []),
    ...(saved.data?.items ?? []).map(({ id, name }) => ({
      value: `saved:${id}`,
      label: name,
      hint: 'Saved filter',
    })),
    ...done.map(({ id, fileName, created, updated }) => ({
      value: `import:${id}`,
      label: fileName,
      hint: `Imported file, ${plural(created + updated, 'lead')}`,
    })),
    { value: 'all', label: 'All leads', hint: 'Everybody who is on the list' },
  ];
  const choose = (value: string) => {
    const [kind, id] = value.split(':');
    const next: LaunchSearch =
      kind === 'saved' ? { filterId: id! } : kind === 'import' ? { importId: id! } : { view: 'all' };
    if (kind === 'handed') return;
    void navigate({ search: { ...next, into: search.into }, replace: true, state: {} });
  };
  return (
    <Card title="Who">
      <div className="grid grid-cols-1 items-end gap-4 sm:grid-cols-2">
        <Select
          label="Leads"
          options={options}
          value={valueOf(search, leadIds)}
          onChange={choose}
          placeholder="Choose whom to launch"
        />
        <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          {whom === null ? (
            <Link to="/" className={buttonClass('ghost', 'sm')}>
              <FileUp aria-hidden />
              Or import a file
            </Link>
          ) : whom.leads === null ? (
            <Skeleton className="w-24" />
          ) : (
            <span role="status">
              <strong className="tabular font-semibold">{formatCount(whom.leads)}</strong>{' '}
              {whom.leads === 1 ? 'lead' : 'leads'}
            </span>
          )}
          {whom?.filter ? (
            <Link
              to="/leads"
              search={queryOf(whom.filter)}
              className="rounded text-[13px] text-accent hover:underline"
            >
              See them
            </Link>
          ) : null}
        </div>
      </div>
      {whom?.filter && valueOf(search, leadIds) === handedValue ? <FilterWords filter={whom.filter} /> : null}
    </Card>
  );
}

const handedValue = 'handed:over';

/** What the page was opened with from elsewhere and that no other choice stands for. */
function handedOver(search: LaunchSearch, leadIds: string[] | undefined): SelectOption | null {
  if (leadIds !== undefined) {
    return {
      value: handedValue,
      label: plural(leadIds.length, 'chosen lead'),
      hint: 'From the list of leads',
    };
  }
  if (valueOf(search, leadIds) !== handedValue) return null;
  return { value: handedValue, label: 'Leads of the filter', hint: 'From the list of leads' };
}

function valueOf(search: LaunchSearch, leadIds: string[] | undefined): string {
  if (leadIds !== undefined) return handedValue;
  const { filterId, view, into: _into, ...filter } = search;
  if (filterId !== undefined) return `saved:${filterId}`;
  const size = filterSize(filter);
  if (size === 1 && filter.importId) return `import:${filter.importId}`;
  if (size > 0) return handedValue;
  return view === 'all' ? 'all' : '';
}
