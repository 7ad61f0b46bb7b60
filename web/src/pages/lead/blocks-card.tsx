import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Instant } from '../../components/time.tsx';
import { blocksQuery, liftBlock } from '../../data/leads.ts';
import type { Block } from '../../data/leads.ts';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';

/** Why nothing is sent to this lead, and until when; nothing at all when nobody ever blocked it. */
export function BlocksCard({ leadId }: { leadId: string }) {
  const blocks = useQuery(blocksQuery(leadId)).data?.items ?? [];
  if (blocks.length === 0) return null;
  return (
    <Card title="Blocks" flush>
      <ul aria-label="Blocks" className="divide-y divide-line">
        {blocks.map((block) => (
          <BlockLine key={block.id} block={block} leadId={leadId} />
        ))}
      </ul>
    </Card>
  );
}

function BlockLine({ block, leadId }: { block: Block; leadId: string }) {
  const { mayWork } = usePermissions();
  const queryClient = useQueryClient();
  const lift = useMutation({
    mutationFn: () => liftBlock(leadId, block.id),
    onSuccess: () => toastDone('Block lifted'),
    onError: (error) => toastError('The block was not lifted', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['lead'] }),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5 text-sm">
      <Badge tone={block.active ? 'bad' : 'neutral'} dot={block.active}>
        {block.active ? 'Blocked' : 'Over'}
      </Badge>
      <span className="min-w-0 flex-1 basis-40 break-words">
        {block.reason}
        <span className="block text-xs text-ink-faint">
          {block.author?.name ?? 'By an API key'}, <Instant iso={block.createdAt} />
          {block.expiresAt ? (
            <>
              , until <Instant iso={block.expiresAt} />
            </>
          ) : null}
        </span>
      </span>
      {block.active && mayWork ? (
        <Button size="sm" busy={lift.isPending} onClick={() => lift.mutate()}>
          Lift
        </Button>
      ) : null}
    </li>
  );
}
