import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { Keyboard, SearchX, Upload, UserPlus, Users } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { Button, buttonClass } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { InfiniteList } from '../../components/infinite-list.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState } from '../../components/states.tsx';
import { customFieldsQuery, leadCountQuery, leadListQuery } from '../../data/leads.ts';
import { leadName, plural } from '../../lib/format.ts';
import { filterOf, filterOfBody, filterSize, queryOf } from '../../lib/lead-filter.ts';
import type { LeadSearch } from '../../lib/lead-filter.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import type { ListCommand } from '../../lib/list-keys.ts';
import { usePermissions } from '../../lib/permissions.ts';
import { nothingSelected } from '../../lib/selection.ts';
import type { Selection } from '../../lib/selection.ts';
import { useStoredList } from '../../lib/stored.ts';
import { BulkBar, ExportMenu } from './bulk-bar.tsx';
import { ColumnChooser } from './column-chooser.tsx';
import { FilterButton, FilterChips } from './filter-chips.tsx';
import { useFilterFields } from './filter-fields.ts';
import { columnChoices, leadColumns, usualColumns } from './lead-columns.tsx';
import { launchOf } from './launch-link.ts';
import { SavedViews } from './saved-views.tsx';

const LeadDialog = lazyDialog(async () => (await import('./lead-dialog.tsx')).LeadDialog);
const ShortcutsDialog = lazyDialog(async () => (await import('./shortcuts-dialog.tsx')).ShortcutsDialog);

const route = getRouteApi('/member/leads');
const usualSort = '-createdAt';
const sorts = [
  { value: usualSort, label: 'Newest first' },
  { value: 'createdAt', label: 'Oldest first' },
  { value: '-updatedAt', label: 'Changed last' },
  { value: 'name', label: 'By name' },
  { value: 'stage', label: 'By stage' },
];

/** The people to reach: searched, narrowed, sorted, and worked on many at once. */
export function LeadsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const go = useNavigate();
  const { mayLaunch } = usePermissions();
  const filter = filterOf(search);
  const address = JSON.stringify(queryOf(filter));
  const [selected, setSelected] = useState<{ of: string; value: Selection }>({
    of: address,
    value: nothingSelected,
  });
  // What was chosen from one list is not chosen from another.
  const selection = selected.of === address ? selected.value : nothingSelected;
  const select = (value: Selection) => setSelected({ of: address, value });

  const [adding, setAdding] = useState(false);
  const [helping, setHelping] = useState(false);
  const searchBox = useRef<HTMLDivElement>(null);
  const fields = useFilterFields();
  const custom = useQuery(customFieldsQuery).data?.items;
  const [chosen, choose] = useStoredList('leadway.leads.columns', usualColumns);
  const columns = useMemo(() => leadColumns(chosen, custom ?? []), [chosen, custom]);
  const query = useInfiniteQuery({
    ...leadListQuery(filter, search.sort),
    placeholderData: keepPreviousData,
  });
  const count = useQuery({ ...leadCountQuery(filter), placeholderData: keepPreviousData }).data?.count;
  const loaded = query.data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0;

  const narrow = (change: LeadSearch) =>
    void navigate({
      search: (now) => Object.fromEntries(Object.entries({ ...now, ...change }).filter(([, value]) => value)),
      replace: true,
    });
  const command = (asked: ListCommand) => {
    if (asked === 'search') searchBox.current?.querySelector('input')?.focus();
    if (asked === 'help') setHelping(true);
    if (asked === 'clear') select(nothingSelected);
  };
  const narrowed = filterSize(filter) > 0;
  const sort = { value: search.sort, onChange: (value: string | undefined) => narrow({ sort: value }) };
  return (
    <Page
      title="Leads"
      description={
        count === undefined
          ? 'The people to reach.'
          : narrowed
            ? `${plural(count, 'lead matches', 'leads match')}.`
            : `${plural(count, 'person', 'people')} to reach.`
      }
      actions={
        <>
          <ExportMenu filter={filter} />
          {mayLaunch ? (
            <>
              <Link to="/" className={buttonClass('secondary')}>
                <Upload aria-hidden />
                Import
              </Link>
              <Button variant="primary" onClick={() => setAdding(true)}>
                <UserPlus aria-hidden />
                Add a lead
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <div ref={searchBox} className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField
          label="Search by name, phone, e-mail or company"
          value={search.search ?? ''}
          onChange={(text) => narrow({ search: text })}
          className="w-full sm:w-80"
        />
        <SavedViews
          viewId={search.view}
          filter={filter}
          onPick={(view) =>
            void navigate({
              search: {
                ...(view ? { ...queryOf(filterOfBody(view.filter)), view: view.id } : {}),
                ...keep(search.sort),
              },
            })
          }
        />
        <FilterButton fields={fields} search={search} onNarrow={narrow} />
        <Select
          label="Sort"
          labelInside
          className="md:hidden"
          value={search.sort ?? usualSort}
          onChange={(value) => narrow({ sort: value === usualSort ? undefined : value })}
          options={sorts}
        />
        <div className="ml-auto flex gap-2 max-md:hidden">
          <Button
            variant="ghost"
            aria-label="Keys of this list"
            title="Keys of this list (?)"
            className="w-9 px-0"
            onClick={() => setHelping(true)}
          >
            <Keyboard aria-hidden />
          </Button>
          <ColumnChooser choices={columnChoices(custom ?? [])} chosen={chosen} onChange={choose} />
        </div>
      </div>
      <FilterChips
        fields={fields}
        search={search}
        onNarrow={narrow}
        onClear={() =>
          void navigate({
            search: { ...keep(search.sort), ...(search.search ? { search: search.search } : {}) },
          })
        }
      />
      <Card flush>
        <InfiniteList
          label="Leads"
          noun="lead"
          query={query}
          columns={columns}
          rowId={leadId}
          // A search is answered best match first, whatever the order.
          sorting={search.search ? undefined : sort}
          selecting={{ value: selection, onChange: select, nameOf: leadName }}
          onCommand={command}
          empty={
            narrowed ? (
              <EmptyState
                icon={SearchX}
                title="No lead matches"
                actions={<Button onClick={() => void navigate({ search: {} })}>Show all leads</Button>}
              >
                {search.search ? `Nobody is found for “${search.search}”` : 'Nobody is let through'} with
                these filters.
              </EmptyState>
            ) : (
              <EmptyState
                icon={Users}
                title="No leads yet"
                actions={
                  <Link to="/" className={buttonClass('primary')}>
                    Import a file
                  </Link>
                }
              >
                Leads come from a file, one by one, or from your CRM through the API.
              </EmptyState>
            )
          }
        />
      </Card>
      <BulkBar
        selection={selection}
        onSelect={select}
        filter={filter}
        loaded={loaded}
        matching={count}
        onLaunch={(cohort) => void go(launchOf(cohort))}
      />
      <LeadDialog open={adding} onOpenChange={setAdding} />
      <ShortcutsDialog open={helping} onOpenChange={setHelping} />
    </Page>
  );
}

const leadId = (lead: { id: string }) => lead.id;

function keep(sort: string | undefined): LeadSearch {
  return sort ? { sort } : {};
}
