import { Link } from '@tanstack/react-router';
import type { Launch } from '../../data/types.ts';
import { plural } from '../../lib/format.ts';
import { filterOfBody, filterSize, queryOf } from '../../lib/lead-filter.ts';

const linkClass = 'rounded text-accent underline decoration-accent/40 hover:decoration-accent';

/** Whom the launch was asked for, with the way to them. */
export function LaunchOrigin({ cohort }: { cohort: Launch['cohort'] }) {
  const { importId, relaunchOf, filter, leads } = cohort;
  if (importId !== undefined) {
    return (
      <>
        {', from '}
        <Link to="/imports/$importId" params={{ importId }} className={linkClass}>
          an imported file
        </Link>
      </>
    );
  }
  if (relaunchOf !== undefined) {
    return (
      <>
        {', those refused by '}
        <Link
          to="/launches/$launchId"
          params={{ launchId: relaunchOf }}
          search={{ view: 'refused' }}
          className={linkClass}
        >
          an earlier launch
        </Link>
      </>
    );
  }
  if (filter !== undefined) {
    const same = filterOfBody(filter);
    return (
      <>
        {', those of '}
        <Link to="/leads" search={queryOf(same)} className={linkClass}>
          {filterSize(same) === 0 ? 'the whole list' : 'a filter'}
        </Link>
      </>
    );
  }
  return leads === undefined ? null : <>, {plural(leads, 'lead')} chosen one by one</>;
}
