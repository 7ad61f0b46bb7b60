import { z } from '@hono/zod-openapi';
import { customFieldTypes } from '#domain/custom-field.ts';
import { id, instant } from './common.ts';
import { customFieldName } from './lead-filter.ts';

const label = z.string().trim().min(1, 'must not be empty').max(100);
const options = z
  .array(z.string().trim().min(1, 'must not be empty').max(200))
  .max(200)
  .refine((all) => new Set(all).size === all.length, 'must differ from each other');

export const customFieldSchema = z
  .object({
    id,
    name: z
      .string()
      .openapi({ description: 'As `customFields` of leads and `{{custom.name}}` of templates name it.' }),
    label: z.string(),
    type: z.enum(customFieldTypes).openapi({
      description:
        'Which texts are values of it. `number`: 42 or -3.5; `date`: 2026-11-21; `boolean`: true or false; `select`: one of `options`.',
    }),
    options: z.array(z.string()),
    position: z.int(),
    archivedAt: instant.nullable(),
    createdAt: instant,
  })
  .openapi('CustomField');

export const newCustomFieldSchema = z
  .object({
    name: customFieldName,
    label,
    type: z.enum(customFieldTypes),
    options: options.optional().openapi({ description: 'The choices of a `select`, which needs some.' }),
  })
  .refine(({ type, options: given = [] }) => (type === 'select') === given.length > 0, {
    path: ['options'],
    error: 'a select needs options, and nothing else has any',
  })
  .openapi('NewCustomField');

/** What is not given stays as it is. Name and type never change: leads and templates rely on them. */
export const customFieldChangeSchema = z
  .object({
    label: label.optional(),
    options: options.min(1, 'must not be empty').optional(),
    position: z.int().min(0).max(100_000).optional(),
    archived: z.boolean().optional(),
  })
  .openapi('CustomFieldChange');
