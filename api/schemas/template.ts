import { z } from '@hono/zod-openapi';
import { id } from './common.ts';

export const templateBody = z
  .object({
    body: z
      .string()
      .min(1)
      .max(5_000)
      .openapi({ example: 'Hi {{first_name|there}}, this is {{organization}}.' }),
    leadId: id.optional().openapi({ description: 'Whose fields are put in.' }),
    campaignId: id.optional().openapi({ description: 'What `{{campaign}}` stands for.' }),
    variables: z
      .record(z.string(), z.string().max(1_000))
      .optional()
      .openapi({ description: 'Values by name; they go before those of the lead.' }),
  })
  .openapi('TemplatePreviewRequest');

export const templatePreviewSchema = z
  .object({
    text: z
      .string()
      .openapi({ description: 'As it would go out; what is missing stands in it as it was written.' }),
    encoding: z.enum(['GSM-7', 'UCS-2']),
    units: z.int().openapi({ description: 'Septets in GSM-7, 16-bit units in UCS-2.' }),
    segments: z.int().openapi({ description: 'What the carrier bills.' }),
    missing: z
      .array(z.string())
      .openapi({ description: 'Names without value and fallback: with any of them the text is withheld.' }),
    variables: z.array(z.string()).openapi({ description: 'Every name that it uses.' }),
  })
  .openapi('TemplatePreview');

export type TemplatePreview = z.infer<typeof templatePreviewSchema>;
