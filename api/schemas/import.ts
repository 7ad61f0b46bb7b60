import { z } from '@hono/zod-openapi';
import { id, instant } from './common.ts';

export const rejectionCodes = [
  'MISSING_PHONE',
  'INVALID_PHONE',
  'ROW_TOO_SHORT',
  'ROW_TOO_LONG',
  'FIELD_TOO_LONG',
  'DUPLICATE_ROW',
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];

export const importSchema = z
  .object({
    id,
    fileName: z.string(),
    rows: z
      .int()
      .openapi({ description: 'Rows of data. Always created + updated + the number of rejected lines.' }),
    created: z.int(),
    updated: z.int().openapi({ description: 'Rows of leads that were there already, changed by it or not.' }),
    rejected: z.array(
      z.object({
        line: z.int().openapi({ description: 'Line in the file; the header is line 1.' }),
        column: z.string().nullable().openapi({ description: "The column's own name in the file." }),
        code: z.string().openapi({ description: `One of ${rejectionCodes.join(', ')}.` }),
        message: z.string(),
      }),
    ),
    createdAt: instant,
  })
  .openapi('Import');

export type Import = z.infer<typeof importSchema>;

export const importOptions = z.object({
  fileName: z
    .string()
    .trim()
    .max(300)
    .optional()
    .openapi({ description: 'Of a file that is sent as the body itself.' }),
  defaultCountry: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'must be a country code of two letters')
    .default('US')
    .transform((code) => code.toUpperCase())
    .openapi({ description: 'The country of numbers without a country code (ISO 3166-1 alpha-2).' }),
  source: z
    .string()
    .trim()
    .max(100)
    .optional()
    .openapi({ description: 'Where these leads come from; a `source` column of the file wins.' }),
});
