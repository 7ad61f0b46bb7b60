/**
 * One page of a list as Twilio's 2010 API wraps it; `url` is the request's. Twilio's tokens are opaque; here the page
 * number says enough. Source: Twilio, "Twilio's response", paging information.
 */
export function pageOf<Row>(key: string, rows: readonly Row[], url: URL): Record<string, unknown> {
  const pageSize = clamp(Number(url.searchParams.get('PageSize') ?? 50), 1, 1000);
  const page = clamp(Number(url.searchParams.get('Page') ?? 0), 0, Number.MAX_SAFE_INTEGER);
  const start = page * pageSize;
  const shown = rows.slice(start, start + pageSize);
  const uriOf = (number: number) => {
    const query = new URLSearchParams(url.searchParams);
    query.set('PageSize', String(pageSize));
    query.set('Page', String(number));
    return `${url.pathname}?${query}`;
  };
  return {
    [key]: shown,
    page,
    page_size: pageSize,
    start,
    end: Math.max(start, start + shown.length - 1),
    uri: uriOf(page),
    first_page_uri: uriOf(0),
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
    next_page_uri: start + pageSize < rows.length ? uriOf(page + 1) : null,
  };
}

/**
 * The test of a date filter: `Name` (that day), `Name>` (from then on) and `Name<` (until then, a whole day if only a
 * day is given). A record that has no such date yet is filtered out by any of them.
 */
export function dateFilter(query: URLSearchParams, name: string): (date: Date | null) => boolean {
  const on = rangeOf(query.get(name));
  const from = rangeOf(query.get(`${name}>`));
  const until = rangeOf(query.get(`${name}<`));
  if (!on && !from && !until) return () => true;
  return (date) => {
    if (date === null) return false;
    const at = date.getTime();
    return (!on || (at >= on[0] && at <= on[1])) && (!from || at >= from[0]) && (!until || at <= until[1]);
  };
}

/** The first and last millisecond that a date or date-time names; null for none or nonsense. */
function rangeOf(value: string | null): [number, number] | null {
  const start = Date.parse(value ?? '');
  if (Number.isNaN(start)) return null;
  return [start, start + (value?.includes('T') ? 999 : 86_399_999)];
}

function clamp(value: number, min: number, max: number): number {
  return Number.isFinite(value) ? Math.min(max, Math.max(min, Math.floor(value))) : min;
}
