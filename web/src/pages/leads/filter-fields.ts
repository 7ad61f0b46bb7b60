import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { journeyStatuses } from '#domain/journey/state.ts';
import { customFieldsQuery } from '../../data/leads.ts';
import type { CustomField } from '../../data/leads.ts';
import { pipelinesQuery, stageOptions } from '../../data/pipelines.ts';
import { campaignsQuery, dispositionsQuery } from '../../data/queries.ts';
import { words } from '../../lib/format.ts';
import type { LeadFilterKey } from '../../lib/lead-filter.ts';

export type FilterKey = Exclude<LeadFilterKey, 'search'> | `custom.${string}`;
export type FilterOption = { value: string; label: string; color?: string };

/** One thing to narrow by. Without options it is typed: as a text or as a day. */
export type FilterField = {
  key: FilterKey;
  label: string;
  kind: 'choice' | 'text' | 'day';
  options?: FilterOption[];
  /** Comes with a link only, such as "the leads of this import". */
  linkOnly?: boolean;
};

const yesNo: FilterOption[] = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** What leads are called before anybody has spoken to them; other statuses come with dispositions. */
const firstStatus = 'new';

/** The statuses that leads of this organisation can have. */
export function useLeadStatuses(): FilterOption[] {
  const { data } = useQuery(dispositionsQuery);
  const statuses = new Set([firstStatus, ...(data?.items ?? []).map(({ leadStatus }) => leadStatus)]);
  return [...statuses].filter((each) => each !== null).map((value) => ({ value, label: words(value) }));
}

/** Everything that leads can be narrowed by, with what can be chosen. */
export function useFilterFields(): FilterField[] {
  const pipelines = useQuery(pipelinesQuery).data?.items ?? [];
  const campaigns = useInfiniteQuery(campaignsQuery()).data?.pages.flatMap(({ items }) => items) ?? [];
  const custom = useQuery(customFieldsQuery).data?.items ?? [];
  const statuses = useLeadStatuses();
  return [
    { key: 'status', label: 'Status', kind: 'choice', options: statuses },
    {
      key: 'stageId',
      label: 'Stage',
      kind: 'choice',
      options: [...stageOptions(pipelines), { value: 'none', label: 'In no stage' }],
    },
    { key: 'tag', label: 'Tag', kind: 'text' },
    { key: 'source', label: 'Source', kind: 'text' },
    { key: 'country', label: 'Country', kind: 'text' },
    {
      key: 'campaignId',
      label: 'Campaign',
      kind: 'choice',
      options: campaigns.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      key: 'journeyStatus',
      label: 'Journey',
      kind: 'choice',
      options: journeyStatuses.map((value) => ({ value, label: words(value) })),
    },
    { key: 'createdFrom', label: 'Added since', kind: 'day' },
    { key: 'createdTo', label: 'Added before', kind: 'day' },
    { key: 'blocked', label: 'Blocked', kind: 'choice', options: yesNo },
    { key: 'hasPhoneZone', label: 'Time zone known', kind: 'choice', options: yesNo },
    { key: 'importId', label: 'Import', kind: 'text', linkOnly: true },
    ...custom.filter(({ archivedAt }) => archivedAt === null).map(customFilter),
  ];
}

function customFilter({ name, label, type, options }: CustomField): FilterField {
  const key = `custom.${name}` as const;
  if (type === 'boolean') return { key, label, kind: 'choice', options: yesNo };
  if (options && options.length > 0) {
    return { key, label, kind: 'choice', options: options.map((value) => ({ value, label: value })) };
  }
  return { key, label, kind: type === 'date' ? 'day' : 'text' };
}

/** What a chip says of a value. */
export function valueWords(field: FilterField, value: string): string {
  if (field.key === 'importId') return 'one file';
  const option = field.options?.find((each) => each.value === value);
  if (option) return option.label;
  return field.kind === 'choice' ? words(value) : value;
}
