import { z } from '@hono/zod-openapi';
import { journeyStatuses } from '#domain/journey/state.ts';
import { id, instant, page, pageQuery, searchText } from './common.ts';
import { restKinds } from './journey.ts';

const name = z.string().trim().min(1).max(100);

const color = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0ea5e9')
  .openapi({ example: '#0ea5e9' });

const probability = z.number().min(0).max(1).openapi({ description: 'Chance of a win, 0–1.' });

export const stageSchema = z
  .object({
    id,
    name: z.string(),
    position: z.int().openapi({ description: 'Place among the live stages, from 0.' }),
    color,
    probability,
    archivedAt: instant.nullable(),
  })
  .openapi('PipelineStage');

export const pipelineSchema = z
  .object({
    id,
    name: z.string(),
    isDefault: z.boolean().openapi({ description: 'Leads without a pipeline of their own go through it.' }),
    archivedAt: instant.nullable(),
    stages: z
      .array(stageSchema)
      .openapi({ description: 'The live ones in their order, then those that are archived.' }),
  })
  .openapi('Pipeline');

export type Pipeline = z.infer<typeof pipelineSchema>;

const newStage = z.object({ name, color: color.optional(), probability: probability.optional() });

export const newPipelineSchema = z
  .object({
    name,
    stages: z
      .array(newStage)
      .max(50)
      .default([])
      .refine((stages) => new Set(stages.map((stage) => stage.name.toLowerCase())).size === stages.length, {
        error: 'must not name a stage twice',
        params: { code: 'NAME_TAKEN' },
      })
      .openapi({ description: 'In their order.' }),
  })
  .openapi('NewPipeline');

export const pipelineChangeSchema = z
  .strictObject({
    name: name.optional(),
    archived: z.boolean().optional(),
    isDefault: z
      .boolean()
      .optional()
      .openapi({ description: 'There is always one: making another the default ends the first.' }),
  })
  .openapi('PipelineChange');

export const newStageSchema = newStage
  .extend({
    position: z
      .int()
      .min(0)
      .optional()
      .openapi({ description: 'Before the stage that stands there; without it at the end.' }),
  })
  .openapi('NewPipelineStage');

export const stageChangeSchema = z
  .strictObject({
    name: name.optional(),
    color: color.optional(),
    probability: probability.optional(),
    archived: z.boolean().optional(),
    moveLeadsTo: id.optional().openapi({
      description: 'Another live stage of the pipeline, to which the leads of an archived stage move.',
    }),
  })
  .refine((change) => change.moveLeadsTo === undefined || change.archived === true, {
    path: ['moveLeadsTo'],
    message: 'goes with archived: true only',
  })
  .openapi('PipelineStageChange');

export const stageOrderSchema = z
  .strictObject({
    stageIds: z.array(id).max(50).openapi({ description: 'All of the live ones, each once.' }),
  })
  .openapi('PipelineStageOrder');

export const stageParams = z.object({
  id: id.openapi({ param: { name: 'id', in: 'path' }, description: 'The pipeline.' }),
  stageId: id.openapi({ param: { name: 'stageId', in: 'path' } }),
});

export const cardSchema = z
  .object({
    leadId: id,
    name: z.string(),
    company: z.string().nullable(),
    phoneFormatted: z.string().openapi({ example: '(504) 621-8927' }),
    tags: z.array(z.string()),
    daysInStage: z.int().openapi({ description: 'Whole days.' }),
    stageEnteredAt: instant,
    journey: z
      .object({
        id,
        status: z.enum(journeyStatuses),
        waitingFor: z.enum(restKinds).nullable(),
        waitingUntil: instant.nullable(),
      })
      .nullable()
      .openapi({ description: 'The newest journey of the lead that still runs.' }),
  })
  .openapi('Card');

export type Card = z.infer<typeof cardSchema>;

export const boardQuery = z.object({
  search: searchText.openapi({ description: 'Only leads that it finds are shown and counted.' }),
  limit: pageQuery.shape.limit
    .unwrap()
    .default(30)
    .openapi({ description: 'How many cards a column at most.' }),
});

export const boardSchema = z
  .object({
    pipeline: pipelineSchema,
    columns: z
      .array(page(cardSchema).extend({ stage: stageSchema, count: z.int() }))
      .openapi({ description: 'The live stages; their cards are those that came in last.' }),
    unstaged: z.object({ count: z.int() }).openapi({ description: 'Leads that are in no stage.' }),
  })
  .openapi('Board');

export type Board = z.infer<typeof boardSchema>;

export const columnQuery = pageQuery.extend({ search: searchText });

export const leadStageSchema = z
  .strictObject({ stageId: id, reason: z.string().trim().min(1).max(500).optional() })
  .openapi('LeadStageChange');
