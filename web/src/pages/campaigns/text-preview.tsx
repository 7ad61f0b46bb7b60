import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { leadsQuery } from '../../data/queries.ts';
import { textPreviewQuery } from '../../data/why-queries.ts';
import { leadName, plural } from '../../lib/format.ts';

/** A text as the newest lead would get it, and what it costs. Nothing while there is no lead. */
export function TextPreview({ body, campaignId }: { body: string; campaignId: string }) {
  const leads = useInfiniteQuery(leadsQuery({}));
  const lead = leads.data?.pages[0]?.items[0];
  const { data } = useQuery({
    ...textPreviewQuery({ body, campaignId, leadId: lead?.id ?? '' }),
    enabled: lead !== undefined,
    placeholderData: keepPreviousData,
  });
  if (!lead || !data) return null;
  return (
    <details className="mt-1.5 text-[13px]">
      <summary className="w-fit cursor-pointer rounded text-xs text-ink-muted select-none hover:underline">
        {plural(data.segments, 'segment')}, {data.encoding}, {plural(data.units, 'character')} for{' '}
        {leadName(lead)}
        {data.missing.length > 0 ? `; ${data.missing.join(', ')} missing` : null}
      </summary>
      <p className="mt-1.5 max-w-[60ch] rounded-2xl rounded-bl-md bg-accent-soft px-3.5 py-2 break-words whitespace-pre-wrap">
        {data.text}
      </p>
      {data.missing.length > 0 ? (
        <p className="mt-1 text-xs text-warn">
          It would be withheld: {data.missing.map((name) => `{{${name}}}`).join(', ')} has no value and no
          fallback.
        </p>
      ) : null}
    </details>
  );
}
