import { z } from '@hono/zod-openapi';
import { resumePolicies } from '#domain/compliance/pauses.ts';
import { instant } from './common.ts';

/** May be left out altogether. */
export const resumeSchema = z
  .object({
    policy: z.enum(resumePolicies).optional().openapi({
      description:
        'What becomes of the waits that the pause has run into. `keep`: the pause does not count, what remained of each wait remains. `shift`: the waits went on, and what came due meanwhile is done now. `expire`: what came due meanwhile is left out. Without it the campaign’s setting holds.',
    }),
  })
  .openapi('Resume');

export type Resume = z.infer<typeof resumeSchema>;

export const sendingSchema = z
  .object({
    stoppedAt: instant
      .nullable()
      .openapi({ description: 'Since when nothing is sent; null = sending is free.' }),
  })
  .openapi('Sending');
