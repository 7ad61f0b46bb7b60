import type { NavigateOptions } from '@tanstack/react-router';
import type { Cohort } from '../../data/leads.ts';
import { queryOf } from '../../lib/lead-filter.ts';

/**
 * Where a launch of these leads begins: a filter stands in the address as it does on the list of leads; leads that were
 * chosen one by one are too many for an address and go along with the step itself.
 */
export function launchOf(cohort: Cohort): NavigateOptions {
  return 'filter' in cohort
    ? { to: '/launch', search: queryOf(cohort.filter) }
    : { to: '/launch', state: { leadIds: cohort.leadIds } };
}
