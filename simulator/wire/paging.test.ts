import { describe, expect, it } from 'vitest';
import { dateFilter, pageOf } from './paging.ts';

describe('lists', () => {
  const url = (query: string) => new URL(`http://x/2010-04-01/Accounts/AC1/Messages.json?${query}`);

  it('come in pages that name their neighbours', () => {
    const page = pageOf('messages', [1, 2, 3, 4, 5], url('To=%2B1&PageSize=2&Page=1'));
    expect(page).toMatchObject({ messages: [3, 4], page: 1, page_size: 2, start: 2, end: 3 });
    expect(page.next_page_uri).toBe('/2010-04-01/Accounts/AC1/Messages.json?To=%2B1&PageSize=2&Page=2');
    expect(page.previous_page_uri).toContain('Page=0');
    expect(pageOf('messages', [1, 2], url('PageSize=2')).next_page_uri).toBeNull();
    expect(pageOf('messages', [1], url('PageSize=nonsense&Page=-4'))).toMatchObject({
      messages: [1],
      page: 0,
    });
  });

  it('are filtered by a day, from one on, or until one, and what has no date falls through', () => {
    const at = new Date('2026-03-02T12:00:00.500Z');
    const fits = (query: string, date: Date | null = at) =>
      dateFilter(new URLSearchParams(query), 'DateSent')(date);
    expect(fits('')).toBe(true);
    expect(fits('', null)).toBe(true);
    expect(fits('DateSent=2026-03-02')).toBe(true);
    expect(fits('DateSent=2026-03-03')).toBe(false);
    expect(fits('DateSent>=2026-03-02T12:00:00Z')).toBe(true);
    expect(fits('DateSent>=2026-03-02T12:00:01Z')).toBe(false);
    expect(fits('DateSent<=2026-03-02T12:00:00Z')).toBe(true);
    expect(fits('DateSent<=2026-03-02')).toBe(true);
    expect(fits('DateSent<=2026-03-01')).toBe(false);
    expect(fits('DateSent>=2026-03-01', null)).toBe(false);
  });
});
