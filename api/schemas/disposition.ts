import { z } from '@hono/zod-openapi';
import { instant } from './common.ts';

const text = (max: number) => z.string().trim().min(1).max(max);

const leadStatus = text(60).nullable().openapi({ description: 'The lead’s new status; null leaves it.' });
const stage = text(100).nullable().openapi({
  description: 'Stage of the lead’s pipeline, by its name, that the lead moves into; null leaves it.',
});
const autoCreateStage = z.boolean().openapi({ description: 'Make that stage where it is missing.' });
const removeFromCampaigns = z.boolean().openapi({ description: 'End all journeys of the lead.' });
const addToDnc = z.boolean().openapi({ description: 'Put the number on the own do-not-call list.' });
const callbackAfterMinutes = z
  .int()
  .min(1)
  .max(366 * 24 * 60)
  .nullable()
  .openapi({ description: 'Promise a call that many minutes from then; null = none.' });
const followUpTask = text(200)
  .nullable()
  .openapi({ description: 'Title of a task for a person; null = none.' });

export const dispositionSchema = z
  .object({
    code: z.string().openapi({ example: 'interested' }),
    label: z.string(),
    leadStatus,
    stage,
    autoCreateStage,
    removeFromCampaigns,
    addToDnc,
    callbackAfterMinutes,
    followUpTask,
    archivedAt: instant.nullable().openapi({ description: 'Since when it can no longer be applied.' }),
  })
  .openapi('Disposition');

export type Disposition = z.infer<typeof dispositionSchema>;

const code = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be small letters, digits and _, a letter first, 60 at most')
  .openapi({ example: 'interested' });

export const newDispositionSchema = z
  .strictObject({
    code,
    label: text(100),
    leadStatus: leadStatus.default(null),
    stage: stage.default(null),
    autoCreateStage: autoCreateStage.default(false),
    removeFromCampaigns: removeFromCampaigns.default(false),
    addToDnc: addToDnc.default(false),
    callbackAfterMinutes: callbackAfterMinutes.default(null),
    followUpTask: followUpTask.default(null),
  })
  .openapi('NewDisposition');

export const dispositionChangeSchema = z
  .strictObject({
    label: text(100).optional(),
    leadStatus: leadStatus.optional(),
    stage: stage.optional(),
    autoCreateStage: autoCreateStage.optional(),
    removeFromCampaigns: removeFromCampaigns.optional(),
    addToDnc: addToDnc.optional(),
    callbackAfterMinutes: callbackAfterMinutes.optional(),
    followUpTask: followUpTask.optional(),
    archived: z.boolean().optional(),
  })
  .openapi('DispositionChange');

export const dispositionParams = z.object({
  code: z
    .string()
    .max(60)
    .openapi({ param: { name: 'code', in: 'path' }, example: 'interested' }),
});

export const dispositionsQuery = z.object({
  archived: z
    .enum(['true', 'false'])
    .default('false')
    .transform((word) => word === 'true')
    .openapi({ type: 'string', enum: ['true', 'false'], description: 'Also those that are archived, last.' }),
});
