import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bodyOf,
  filterOf,
  filterOfBody,
  filterSize,
  leadFilterKeys,
  nextSort,
  queryOf,
  readLeadSearch,
  sameFilter,
  sortedBy,
} from './lead-filter.ts';
import type { LeadFilter } from './lead-filter.ts';

const value = fc.string({ minLength: 1 });
const filters: fc.Arbitrary<LeadFilter> = fc
  .record(
    {
      ...(Object.fromEntries(leadFilterKeys.map((key) => [key, value])) as Record<string, typeof value>),
      customFields: fc.dictionary(fc.stringMatching(/^[a-z]\w{0,20}$/), value, { minKeys: 1 }),
    },
    { requiredKeys: [] },
  )
  .map((filter) => filter as LeadFilter);

test('a filter comes back from the address as it went in', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const back = filterOf(readLeadSearch(queryOf(filter)));
      expect(back).toEqual(filter);
      expect(sameFilter(back, filter)).toBe(true);
    }),
  );
});

test('a saved filter comes back as it was, with yes and no as a body writes them', () => {
  fc.assert(
    fc.property(filters, fc.constantFrom('true', 'false', undefined), (some, blocked) => {
      const { hasPhoneZone: _, ...filter } = { ...some, blocked };
      const body = bodyOf(filter);
      expect(body.blocked).toBe(blocked === undefined ? undefined : blocked === 'true');
      expect(sameFilter(filterOfBody(body), filter)).toBe(true);
    }),
  );
});

test('what an address says besides is dropped, and numbers are text', () => {
  expect(
    readLeadSearch({
      search: 5045,
      status: '',
      tag: ['a'],
      'custom.': 'x',
      'custom.plan': 'Pro',
      admin: 'true',
      sort: '-name',
    }),
  ).toEqual({ search: '5045', 'custom.plan': 'Pro', sort: '-name' });
});

test('the sort and the view are no part of the filter', () => {
  expect(filterOf({ sort: 'name', view: 'v', status: 'new' })).toEqual({ status: 'new' });
});

test('filters differ by what they narrow by, not by the order in which it was chosen', () => {
  expect(sameFilter({ tag: 'a', status: 'new' }, { status: 'new', tag: 'a' })).toBe(true);
  expect(sameFilter({ tag: 'a' }, { tag: 'a', customFields: { x: '1' } })).toBe(false);
  expect(sameFilter({}, { search: undefined, customFields: {} })).toBe(true);
  expect(filterSize({ tag: 'a', customFields: { x: '1', y: '2' } })).toBe(3);
});

test('a column’s head sorts up, down, and not at all', () => {
  const first = nextSort('-createdAt', 'name');
  expect([first, nextSort(first, 'name'), nextSort('-name', 'name')]).toEqual(['name', '-name', undefined]);
  expect([sortedBy('name', 'name'), sortedBy('-name', 'name'), sortedBy('-name', 'stage')]).toEqual([
    'ascending',
    'descending',
    null,
  ]);
});
