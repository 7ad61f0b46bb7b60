import { z } from '@hono/zod-openapi';
import { refusalCodes } from '#domain/compliance/refusals.ts';
import { id, pageQuery } from './common.ts';

export const preflightSchema = z
  .object({
    members: z.int(),
    ready: z.int().openapi({ description: 'Leads whose journey would start.' }),
    refused: z.partialRecord(z.string(), z.int()).openapi({
      description:
        'Leads by the first refusal that their journey would meet; with `ready` they make up `members`. The codes are those of GET /v1/refusals.',
      example: { OPTED_OUT: 2, MISSING_VARIABLE: 1 },
    }),
    warnings: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        action: z.string(),
        leads: z.int().nullable().openapi({ description: 'How many leads it is about; null = all of it.' }),
        stepId: z.string().nullable(),
      }),
    ),
    segments: z
      .array(
        z.object({
          stepId: z.string(),
          encoding: z.enum(['GSM-7', 'UCS-2']).openapi({ description: 'UCS-2 if any of the texts is.' }),
          ucs2: z.int().openapi({ description: 'How many of the texts are.' }),
          segments: z.object({ min: z.int(), max: z.int(), total: z.int() }),
        }),
      )
      .openapi({ description: 'What each text comes to, rendered for every lead that is ready.' }),
  })
  .openapi('Preflight');

export type Preflight = z.infer<typeof preflightSchema>;

export const preflightLeadsQuery = pageQuery.extend({
  code: z.enum([...refusalCodes, 'UCS2_TEXT']).openapi({
    description: 'Of `refused`, or of a warning that is about single leads.',
    example: 'OPTED_OUT',
  }),
});

export const preflightLeadSchema = z
  .object({
    leadId: id,
    leadName: z.string(),
    phoneFormatted: z.string().openapi({ example: '(504) 621-8927' }),
    code: z.string(),
    message: z.string(),
    action: z.string().openapi({ description: 'What can be done about it.' }),
    stepId: z.string().nullable().openapi({ description: 'The step that would meet it.' }),
  })
  .openapi('PreflightLead');
