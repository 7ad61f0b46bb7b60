import { z } from '@hono/zod-openapi';
import { leadTimelineKinds } from '#db/queries/lead-timeline.ts';
import { id, instant } from './common.ts';

export const leadTimelineItemSchema = z
  .object({
    at: instant,
    kind: z.enum(leadTimelineKinds),
    title: z.string().openapi({ description: 'For people.' }),
    detail: z.string().nullable(),
    journeyId: id.nullable(),
    data: z.record(z.string(), z.unknown()).openapi({ description: 'What it is about, for programs.' }),
  })
  .openapi('LeadTimelineItem');

export type LeadTimelineItem = z.infer<typeof leadTimelineItemSchema>;
