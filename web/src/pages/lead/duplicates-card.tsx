import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { GitMerge } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { duplicatesQuery, mergeLeads } from '../../data/leads.ts';
import type { Duplicate } from '../../data/leads.ts';
import type { Lead } from '../../data/types.ts';
import { leadName } from '../../lib/format.ts';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone } from '../../lib/toasts.ts';
import { mergePreview } from './merge-preview.ts';
import { useFieldLabels } from './use-field-labels.ts';

const reasonWords: Record<Duplicate['reasons'][number], string> = {
  phone: 'same number',
  email: 'same e-mail',
  name: 'like name',
};

/** Leads that may be the same person; nothing at all when there are none. */
export function DuplicatesCard({ lead }: { lead: Lead }) {
  const { mayLaunch } = usePermissions();
  const [chosen, setChosen] = useState<Duplicate | null>(null);
  const [open, setOpen] = useState(false);
  const found = useQuery(duplicatesQuery(lead.id)).data?.items ?? [];
  if (found.length === 0) return null;
  return (
    <Card title="Perhaps the same person" flush>
      <ul aria-label="Perhaps the same person" className="divide-y divide-line">
        {found.map((duplicate) => (
          <li
            key={duplicate.lead.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5 text-sm"
          >
            <span className="min-w-0 flex-1 basis-40">
              <Link
                to="/leads/$leadId"
                params={{ leadId: duplicate.lead.id }}
                className="block truncate rounded font-medium text-accent hover:underline"
              >
                {leadName(duplicate.lead)}
              </Link>
              <span className="tabular block truncate text-xs text-ink-faint">
                {[duplicate.lead.phoneFormatted, duplicate.lead.email].filter(Boolean).join(', ')}
              </span>
              <span className="mt-1 flex flex-wrap gap-1">
                {duplicate.reasons.map((reason) => (
                  <Badge key={reason}>{reasonWords[reason]}</Badge>
                ))}
              </span>
            </span>
            {mayLaunch ? (
              <Button
                size="sm"
                onClick={() => {
                  setChosen(duplicate);
                  setOpen(true);
                }}
              >
                <GitMerge aria-hidden />
                Merge…
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {chosen ? (
        <MergeDialog survivor={lead} duplicate={chosen.lead} open={open} onOpenChange={setOpen} />
      ) : null}
    </Card>
  );
}

function MergeDialog({
  survivor,
  duplicate,
  open,
  onOpenChange,
}: {
  survivor: Lead;
  duplicate: Lead;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const queryClient = useQueryClient();
  const labelOf = useFieldLabels();
  const merge = useMutation({
    mutationFn: () => mergeLeads(survivor.id, duplicate.id),
    onSuccess: () => {
      for (const key of ['lead', 'journey', 'board', 'stats'])
        void queryClient.invalidateQueries({ queryKey: [key] });
      toastDone('Leads merged', leadName(survivor));
      onOpenChange(false);
    },
  });
  return (
    <FormDialog
      wide
      open={open}
      onOpenChange={(next) => {
        onOpenChange(next);
        if (!next) merge.reset();
      }}
      title={`Merge ${leadName(duplicate)} into ${leadName(survivor)}?`}
      description="Notes, texts, calls and journeys of both go on under one lead. A journey in a campaign where both have one ends. This cannot be undone."
      submit="Merge"
      variant="danger"
      busy={merge.isPending}
      onSubmit={() => merge.mutate()}
    >
      <table className="w-full text-sm">
        <caption className="pb-2 text-left text-xs text-ink-faint">What the lead will have</caption>
        <tbody className="divide-y divide-line border-y border-line">
          {mergePreview(survivor, duplicate, labelOf).map(({ label, result, lost, gained }) => (
            <tr key={label}>
              <th scope="row" className="w-32 py-1.5 pr-3 text-left align-top font-normal text-ink-muted">
                {label}
              </th>
              <td className="py-1.5 break-words">
                {result}
                {gained ? <span className="ml-2 text-xs text-ok">added</span> : null}
                {lost ? (
                  <span className="block text-xs text-ink-faint">
                    instead of <del>{lost}</del>
                  </span>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ProblemNote error={merge.error} />
    </FormDialog>
  );
}
