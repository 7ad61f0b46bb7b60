import { createRoute } from '@hono/zod-openapi';
import { formatPhone } from '#domain/phone.ts';
import { readBoard, readColumn } from '#db/queries/board.ts';
import type { CardRow } from '#db/queries/board.ts';
import { pageRequest, toPage } from '../cursor.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page } from '../schemas/common.ts';
import { boardQuery, boardSchema, cardSchema, columnQuery, stageParams } from '../schemas/pipeline.ts';
import type { Card } from '../schemas/pipeline.ts';
import { json, problems, security, signedIn } from './describe.ts';

const tags = ['Pipelines'];

const board = createRoute({
  method: 'get',
  path: '/pipelines/{id}/board',
  tags,
  summary: 'Read a pipeline as a board: every live stage with its newest cards and their number',
  security,
  request: { params: idParam, query: boardQuery },
  responses: {
    200: json(boardSchema, 'The board. The `nextCursor` of a column is for the list of its leads.'),
    ...signedIn,
    ...problems({ 404: ['PIPELINE_NOT_FOUND'], 422: ['VALIDATION_FAILED'] }),
  },
});

const column = createRoute({
  method: 'get',
  path: '/pipelines/{id}/stages/{stageId}/leads',
  tags,
  summary: 'List the cards of a stage, those that came in last first',
  security,
  request: { params: stageParams, query: columnQuery },
  responses: {
    200: json(page(cardSchema), 'A page of cards.'),
    ...signedIn,
    ...problems({ 404: ['PIPELINE_STAGE_NOT_FOUND'], 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

export function boardRoutes() {
  return createRouter()
    .openapi(board, async (c) => {
      const query = { pipelineId: c.req.valid('param').id, ...c.req.valid('query') };
      const found = await readBoard(c.var.deps.database, c.var.scope, query);
      if (!found) throw notFound('pipeline');
      const columns = found.columns.map(({ stage, count, ...cards }) => ({
        stage,
        count,
        ...toPage(cards, toCard),
      }));
      return c.json({ ...found, columns }, 200);
    })
    .openapi(column, async (c) => {
      const { id: pipelineId, stageId } = c.req.valid('param');
      const { search, ...query } = c.req.valid('query');
      const { database } = c.var.deps;
      const key = { pipelineId, stageId, search };
      const found = await readColumn(database, c.var.scope, key, pageRequest(query));
      if (!found) throw notFound('pipeline stage');
      return c.json(toPage(found, toCard), 200);
    });
}

function toCard({ phone, ...card }: CardRow): Card {
  return { ...card, phoneFormatted: formatPhone(phone) };
}
