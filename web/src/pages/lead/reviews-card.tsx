import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../data/client.ts';
import { openReviewsOfLeadQuery } from '../../data/queries.ts';
import type { ConsentReview } from '../../data/types.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { toastDone, toastError } from '../../lib/toasts.ts';

/** Replies of this lead's number that may be refusals: nothing automated goes out until somebody has said. */
export function ReviewsCard({ leadId }: { leadId: string }) {
  const { mayWork } = usePermissions();
  const { data } = useQuery(openReviewsOfLeadQuery(leadId));
  const reviews = data?.items ?? [];
  if (reviews.length === 0) return null;
  return (
    <Card title="Is this an opt-out?" flush>
      <p className="px-4 pt-3.5 text-sm text-ink-muted">
        Until somebody has said, nothing automated goes to this number.
      </p>
      <ul aria-label="Replies in doubt" className="divide-y divide-line">
        {reviews.map((review) => (
          <li key={review.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
            <blockquote className="min-w-0 flex-1 basis-56 break-words">“{review.message.body}”</blockquote>
            <span className="text-[13px] text-ink-muted">
              <RelativeTime iso={review.message.receivedAt} />
            </span>
            {mayWork ? <Answers review={review} leadId={leadId} /> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Answers({ review, leadId }: { review: ConsentReview; leadId: string }) {
  const queryClient = useQueryClient();
  const resolve = useMutation({
    mutationFn: (resolution: NonNullable<ConsentReview['resolution']>) =>
      answerOf(
        api['consent-reviews'][':id'].resolve.$post({ param: { id: review.id }, json: { resolution } }),
      ),
    onSuccess: (_, resolution) =>
      toastDone(resolution === 'opt_out' ? 'Opted out: the journeys end' : 'The journeys go on'),
    onError: (error) => toastError('Nothing was recorded', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['lead', leadId] }),
  });
  return (
    <span className="flex gap-2">
      <Button size="sm" busy={resolve.isPending} onClick={() => resolve.mutate('continue')}>
        No, go on
      </Button>
      <Button size="sm" variant="danger" busy={resolve.isPending} onClick={() => resolve.mutate('opt_out')}>
        Yes, opt out
      </Button>
    </span>
  );
}
