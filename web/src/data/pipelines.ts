import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Board, Card, Pipeline } from '#api/schemas/pipeline.ts';
import { answerOf, api, until } from './client.ts';

export type { Board, Card, Pipeline };
export type Stage = Pipeline['stages'][number];
export type BoardColumn = Board['columns'][number];

export const pipelinesQuery = queryOptions({
  queryKey: ['pipelines'],
  queryFn: ({ signal }) => answerOf(api.pipelines.$get({}, until(signal))),
  staleTime: 60_000,
});

export const boardQuery = (id: string, search: string | undefined) =>
  queryOptions({
    queryKey: ['board', id, search ?? ''],
    queryFn: ({ signal }) =>
      answerOf(api.pipelines[':id'].board.$get({ param: { id }, query: { search } }, until(signal))),
  });

/** The stages that leads can be moved into. */
export function liveStages(pipeline: Pipeline): Stage[] {
  return pipeline.stages.filter(({ archivedAt }) => archivedAt === null);
}

/** Every live stage of every live pipeline, for a choice; with several pipelines each says which is its own. */
export function stageOptions(pipelines: Pipeline[]): { value: string; label: string; color: string }[] {
  const live = pipelines.filter(({ archivedAt }) => archivedAt === null);
  return live.flatMap((pipeline) =>
    liveStages(pipeline).map((stage) => ({
      value: stage.id,
      label: live.length > 1 ? `${pipeline.name}: ${stage.name}` : stage.name,
      color: stage.color,
    })),
  );
}

export function moveToStage(leadId: string, stageId: string) {
  return answerOf(api.leads[':id'].stage.$post({ param: { id: leadId }, json: { stageId } }));
}

/** The cards of a stage behind those that the board brought with it. */
export const moreCardsQuery = (id: string, stageId: string, search: string | undefined, after: string) =>
  infiniteQueryOptions({
    queryKey: ['board', id, search ?? '', 'stage', stageId, after],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.pipelines[':id'].stages[':stageId'].leads.$get(
          { param: { id, stageId }, query: { search, limit: 50, cursor: pageParam ?? undefined } },
          until(signal),
        ),
      ),
    initialPageParam: after as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

type NewStage = { name: string; color?: string; probability?: number };

export function createPipeline(name: string, stages: NewStage[]) {
  return answerOf(api.pipelines.$post({ json: { name, stages } }));
}

export function changePipeline(id: string, json: { name?: string; archived?: boolean; isDefault?: boolean }) {
  return answerOf(api.pipelines[':id'].$patch({ param: { id }, json }));
}

export function addStage(id: string, json: NewStage) {
  return answerOf(api.pipelines[':id'].stages.$post({ param: { id }, json }));
}

export function changeStage(
  id: string,
  stageId: string,
  json: Partial<NewStage> & { archived?: boolean; moveLeadsTo?: string | undefined },
) {
  return answerOf(api.pipelines[':id'].stages[':stageId'].$patch({ param: { id, stageId }, json }));
}

export function orderStages(id: string, stageIds: string[]) {
  return answerOf(api.pipelines[':id'].stages.order.$put({ param: { id }, json: { stageIds } }));
}
