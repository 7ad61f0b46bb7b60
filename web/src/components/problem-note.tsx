import { ApiError } from '../data/client.ts';
import { words } from '../lib/format.ts';

/** Why something was refused, inside the form that asked for it. */
export function ProblemNote({ error }: { error: unknown }) {
  if (!error) return null;
  const api = error instanceof ApiError ? error : null;
  const required = requiredAction(api);
  return (
    <div role="alert" className="rounded-lg bg-bad-soft px-3 py-2.5 text-[13px]">
      <p className="font-medium text-bad">
        {error instanceof Error ? error.message : 'Something unexpected happened.'}
      </p>
      {required ? <p className="mt-1 text-ink">{required}</p> : null}
      {api ? (
        <p className="mt-1 font-mono text-xs text-ink-muted">
          {api.code}
          {api.requestId ? ` · request ${api.requestId}` : null}
        </p>
      ) : null}
    </div>
  );
}

/** What has to be done before it can work, in words; the codes are the API's. */
function requiredAction(error: ApiError | null): string | null {
  const action = error?.problem.requiredAction;
  const stage = error?.problem.stage;
  if (typeof action !== 'string') return null;
  if (action === 'create_pipeline_stage' && typeof stage === 'string') {
    return `Required first: create the stage “${stage}” in the pipeline, or let this disposition create missing stages. Nothing was changed.`;
  }
  return `Required first: ${words(action).toLowerCase()}.`;
}
