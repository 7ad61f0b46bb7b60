import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Kanban, Settings2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx';
import { boardQuery, liveStages, pipelinesQuery } from '../../data/pipelines.ts';
import type { Board, Pipeline } from '../../data/pipelines.ts';
import { formatCount } from '../../lib/format.ts';
import { lazyDialog } from '../../lib/lazy-dialog.tsx';
import { usePermissions } from '../../lib/permissions.ts';
import { useIsWide } from '../../lib/use-is-wide.ts';
import { StageColumn, UnstagedColumn, noStage } from './stage-columns.tsx';
import { useDragAdapter } from './use-drag.ts';
import { useMoves } from './use-moves.ts';

const StagesDialog = lazyDialog(async () => (await import('./stages-dialog.tsx')).StagesDialog);
const PipelineDialog = lazyDialog(async () => (await import('./pipeline-dialog.tsx')).PipelineDialog);

const route = getRouteApi('/member/board');
const newPipeline = 'new';

/** The pipeline as a board: who stands where, and for how long. */
export function BoardPage() {
  const { pipeline: pipelineId, search } = route.useSearch();
  const navigate = route.useNavigate();
  const { mayLaunch } = usePermissions();
  const [editing, setEditing] = useState(false);
  const [creating, setCreating] = useState(false);
  const pipelines = useQuery(pipelinesQuery);
  const live = pipelines.data?.items.filter(({ archivedAt }) => archivedAt === null) ?? [];
  const pipeline = live.find(({ id }) => id === pipelineId) ?? live[0];
  const pick = (id: string) => {
    if (id === newPipeline) setCreating(true);
    else void navigate({ search: (now) => ({ ...now, pipeline: id, stage: undefined }) });
  };
  return (
    <Page
      title="Pipeline"
      description="Where each lead stands, and for how long."
      actions={
        <>
          <SearchField
            label="Search the board"
            value={search ?? ''}
            onChange={(text) =>
              void navigate({ search: (now) => ({ ...now, search: text || undefined }), replace: true })
            }
            className="w-full sm:w-64"
          />
          {pipeline && (live.length > 1 || mayLaunch) ? (
            <Select
              label="Pipeline"
              labelInside
              className="max-sm:flex-1"
              value={pipeline.id}
              onChange={pick}
              options={[
                ...live.map(({ id, name }) => ({ value: id, label: name })),
                ...(mayLaunch ? [{ value: newPipeline, label: 'New pipeline…' }] : []),
              ]}
            />
          ) : null}
          {pipeline && mayLaunch ? (
            <Button onClick={() => setEditing(true)}>
              <Settings2 aria-hidden />
              Edit stages
            </Button>
          ) : null}
        </>
      }
    >
      {pipeline ? (
        <PipelineBoard pipeline={pipeline} />
      ) : pipelines.isError ? (
        <ErrorState error={pipelines.error} onRetry={() => void pipelines.refetch()} />
      ) : pipelines.data ? (
        <EmptyState
          icon={Kanban}
          title="No pipeline yet"
          actions={
            mayLaunch ? (
              <Button variant="primary" onClick={() => setCreating(true)}>
                Create a pipeline
              </Button>
            ) : null
          }
        >
          A pipeline is a row of stages through which leads move.
        </EmptyState>
      ) : (
        <BoardSkeleton />
      )}
      {pipeline ? <StagesDialog open={editing} onOpenChange={setEditing} pipeline={pipeline} /> : null}
      <PipelineDialog open={creating} onOpenChange={setCreating} onCreated={pick} />
    </Page>
  );
}

function PipelineBoard({ pipeline }: { pipeline: Pipeline }) {
  const { search } = route.useSearch();
  const query = useQuery({ ...boardQuery(pipeline.id, search), placeholderData: keepPreviousData });
  if (!query.data) {
    return query.isError ? (
      <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <BoardSkeleton />
    );
  }
  return <Columns board={query.data} />;
}

function Columns({ board }: { board: Board }) {
  const { search, stage: picked } = route.useSearch();
  const navigate = route.useNavigate();
  const { mayWork } = usePermissions();
  const wide = useIsWide();
  const adapter = useDragAdapter();
  const stages = liveStages(board.pipeline);
  const { moves, move, told } = useMoves(stages);
  const shared = { pipelineId: board.pipeline.id, search, stages, adapter, moves, move, mayMove: mayWork };
  const unstaged =
    board.unstaged.count > 0 ? (
      <UnstagedColumn key={noStage} count={board.unstaged.count} {...shared} />
    ) : null;
  const first = board.columns.find(({ count }) => count > 0) ?? board.columns[0];
  const only = picked ?? first?.stage.id ?? noStage;
  const columns = board.columns.map((column) => (
    <StageColumn key={column.stage.id} column={column} {...shared} />
  ));
  return (
    <>
      <p role="status" className="sr-only">
        {told}
      </p>
      {wide ? (
        <div className="relative -mx-4 -mb-12 flex h-[calc(100dvh-12.5rem)] min-h-96 gap-3 overflow-x-auto lg:h-[calc(100dvh-6.5rem)] px-4 pb-3 sm:-mx-6 sm:px-6 lg:-mx-8 lg:px-8">
          {unstaged}
          {columns}
        </div>
      ) : (
        <>
          <Select
            label="Stage"
            labelInside
            className="mb-3"
            value={only}
            onChange={(stage) => void navigate({ search: (now) => ({ ...now, stage }), replace: true })}
            options={[
              ...(unstaged
                ? [{ value: noStage, label: `No stage yet (${formatCount(board.unstaged.count)})` }]
                : []),
              ...board.columns.map(({ stage, count }) => ({
                value: stage.id,
                label: `${stage.name} (${formatCount(count)})`,
              })),
            ]}
          />
          {only === noStage ? unstaged : columns.find(({ key }) => key === only)}
        </>
      )}
    </>
  );
}

function BoardSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex gap-3 overflow-hidden">
      {[3, 5, 2, 4].map((cards, column) => (
        <div
          key={column}
          className="w-full space-y-2 rounded-card border border-line p-2 md:w-72 md:shrink-0"
        >
          <Skeleton className="m-2 h-5 w-28" />
          {Array.from({ length: cards }, (_, card) => (
            <Skeleton key={card} className="h-20 w-full" />
          ))}
        </div>
      ))}
    </div>
  );
}
