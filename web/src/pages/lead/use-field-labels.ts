import { useQuery } from '@tanstack/react-query';
import { customFieldsQuery } from '../../data/leads.ts';
import { words } from '../../lib/format.ts';

/** How custom fields are called: as they were defined, else by their names. */
export function useFieldLabels(): (name: string) => string {
  const defined = useQuery(customFieldsQuery).data?.items ?? [];
  return (name) => defined.find((field) => field.name === name)?.label ?? words(name);
}
