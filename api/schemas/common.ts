import { z } from '@hono/zod-openapi';

/** An id. Any UUID is taken, also one whose version bits say nothing. */
export const id = z
  .guid('must be a UUID')
  .openapi({ format: 'uuid', example: '0b0c7a52-6c0e-4b5e-9a55-3f1f5e0a7c11' });

/** An instant in what the API writes: ISO 8601, UTC. */
export const instant = z.string().openapi({ format: 'date-time', example: '2026-11-21T09:08:00.000Z' });

export const idParam = z.object({ id: id.openapi({ param: { name: 'id', in: 'path' } }) });

export const pageQuery = z.object({
  limit: z.coerce
    .number('must be a whole number from 1 to 200')
    .int('must be a whole number from 1 to 200')
    .min(1, 'must be a whole number from 1 to 200')
    .max(200, 'must be a whole number from 1 to 200')
    .default(50)
    .openapi({ description: 'How many items at most.' }),
  cursor: z
    .string()
    .optional()
    .openapi({ description: '`nextCursor` of the page before. Opaque: it may change between versions.' }),
});

/** A page of a list: `nextCursor` is null on the last one. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** A search field or filter of a list; one that was left empty is no filter. */
export const searchText = z
  .string()
  .max(200)
  .transform((text) => (text.trim() === '' ? undefined : text.trim()))
  .optional();

export const fieldErrorSchema = z
  .object({
    field: z.string().openapi({ description: 'Path of the field in the request.' }),
    code: z.string(),
    message: z.string(),
    stepId: z.string().nullable().optional().openapi({ description: 'The journey step that it is about.' }),
  })
  .openapi('FieldError');

export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ description: 'Stable, for programs.', example: 'VALIDATION_FAILED' }),
    detail: z.string().openapi({ description: 'For people.' }),
    field: z.string().optional(),
    requestId: z.string(),
    errors: z.array(fieldErrorSchema).optional(),
  })
  .openapi('Problem', { description: 'A problem document (RFC 9457).' });

export type ProblemDocument = z.infer<typeof problemSchema>;
export type Page<Item> = { items: Item[]; nextCursor: string | null };
