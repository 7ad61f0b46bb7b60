import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { answerOf, api } from '../../data/client.ts';
import { openTasksOfLeadQuery } from '../../data/queries.ts';
import type { Task } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';

/** What people have to do about this lead; nothing at all when that is nothing. */
export function TasksCard({ leadId }: { leadId: string }) {
  const { mayWork } = usePermissions();
  const { data } = useQuery(openTasksOfLeadQuery(leadId));
  // A reply in doubt is answered where it can be read.
  const tasks = (data?.items ?? []).filter(({ kind }) => kind !== 'consent_review');
  if (tasks.length === 0) return null;
  return (
    <Card title="Open tasks" flush>
      <ul aria-label="Open tasks" className="divide-y divide-line">
        {tasks.map((task) => (
          <li key={task.id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5 text-sm">
            <span className="min-w-0 flex-1 basis-48 break-words">{task.title}</span>
            <span className="text-[13px] text-ink-muted">
              <RelativeTime iso={task.createdAt} />
            </span>
            {mayWork ? <DoneButton task={task} leadId={leadId} /> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function DoneButton({ task, leadId }: { task: Task; leadId: string }) {
  const queryClient = useQueryClient();
  const finish = useMutation({
    mutationFn: () => answerOf(api.tasks[':id'].done.$post({ param: { id: task.id } })),
    onSuccess: () => toastDone('Task done'),
    onError: (error) => toastError('The task is still open', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: openTasksOfLeadQuery(leadId).queryKey }),
  });
  return (
    <Button
      size="sm"
      busy={finish.isPending}
      onClick={() => finish.mutate()}
      aria-label={`Done: ${task.title}`}
    >
      <Check aria-hidden />
      Done
    </Button>
  );
}
