import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { importsQuery } from '../../data/imports.ts';
import type { Cohort } from '../../data/launches.ts';
import { leadCountQuery, savedFiltersQuery } from '../../data/leads.ts';
import { bodyOf, filterOf, filterOfBody, filterSize } from '../../lib/lead-filter.ts';
import type { LeadFilter, LeadSearch } from '../../lib/lead-filter.ts';
import { plural } from '../../lib/format.ts';

/** Whom the page was opened for: a saved filter or a filter in its address, or the leads that were chosen in the list. */
export type LaunchSearch = LeadSearch & {
  filterId?: string;
  /** The campaign that it was opened from. */
  into?: string | undefined;
};

export type Whom = {
  cohort: Cohort;
  /** Null until it was counted. */
  leads: number | null;
  name: string;
  /** In a sentence: "from leads.csv". */
  from: string;
  /** What to open the list of leads with, to see them. */
  filter: LeadFilter | null;
};

/** Who is to be launched, by the address and what was handed over with it; null while nobody is chosen. */
export function useWhom(search: LaunchSearch, leadIds: string[] | undefined): Whom | null {
  const filter = filterOf(search);
  const onlyImport = filterSize(filter) === 1 ? filter.importId : undefined;
  const saved = useQuery({ ...savedFiltersQuery, enabled: search.filterId !== undefined });
  const imports = useInfiniteQuery({ ...importsQuery(50), enabled: onlyImport !== undefined });
  const chosen = saved.data?.items.find(({ id }) => id === search.filterId);
  const counted: LeadFilter | null = chosen
    ? filterOfBody(chosen.filter)
    : search.filterId === undefined && (filterSize(filter) > 0 || search.view === 'all')
      ? filter
      : null;
  const count = useQuery({
    ...leadCountQuery(counted ?? {}),
    enabled: leadIds === undefined && counted !== null,
  });
  const leads = count.data?.count ?? null;

  if (leadIds !== undefined) {
    const name = plural(leadIds.length, 'chosen lead');
    return { cohort: { leadIds }, leads: leadIds.length, name, from: 'chosen in the list', filter: null };
  }
  if (search.filterId !== undefined) {
    if (!chosen) return null;
    const from = `of the filter “${chosen.name}”`;
    return { cohort: { savedFilterId: chosen.id }, leads, name: chosen.name, from, filter: counted };
  }
  if (onlyImport !== undefined) {
    const file = imports.data?.pages
      .flatMap((page) => page.items)
      .find(({ id }) => id === onlyImport)?.fileName;
    const name = file?.replace(/\.[^.]+$/, '') ?? 'Imported leads';
    return { cohort: { importId: onlyImport }, leads, name, from: `from ${file ?? 'the file'}`, filter };
  }
  if (filterSize(filter) > 0) {
    return {
      cohort: { filter: bodyOf(filter) },
      leads,
      name: 'Filtered leads',
      from: 'of the filter',
      filter,
    };
  }
  if (search.view === 'all') {
    return { cohort: { filter: {} }, leads, name: 'All leads', from: 'on the list', filter: {} };
  }
  return null;
}
