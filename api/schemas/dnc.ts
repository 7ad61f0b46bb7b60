import { z } from '@hono/zod-openapi';
import { stateCodes } from '#domain/compliance/zones/states.ts';
import { instant, pageQuery } from './common.ts';
import { phoneNumber } from './phone.ts';

const listNames = new Set(['own', 'national', ...stateCodes]);

/** `own`, `national`, or a state's code. */
export const listName = z
  .string()
  .transform((name) => (name.length === 2 ? name.toUpperCase() : name.toLowerCase()))
  .refine((name) => listNames.has(name), { message: 'must be own, national or the code of a state' })
  .openapi({ type: 'string', example: 'own' });

export const dncEntrySchema = z
  .object({
    phone: z.string().openapi({ description: 'E.164.' }),
    list: z.string(),
    reason: z.string().nullable(),
    createdAt: instant,
  })
  .openapi('DncEntry');

export const dncQuery = pageQuery.extend({ phone: phoneNumber.optional(), list: listName.optional() });

export const newDncEntrySchema = z
  .object({
    phone: phoneNumber,
    list: listName.default('own'),
    reason: z
      .string()
      .trim()
      .max(500)
      .nullish()
      .transform((text) => text || null),
  })
  .openapi('NewDncEntry');

export const dncEntryParam = z.object({
  list: listName.openapi({ param: { name: 'list', in: 'path' } }),
  phone: phoneNumber.openapi({ param: { name: 'phone', in: 'path' } }),
});

const day = z.iso.date().openapi({ example: '2026-11-21' });

export const dncImportOptions = z.object({
  list: listName,
  scrubbedOn: day
    .optional()
    .openapi({ description: 'The day of the copy. Needed for every list but the own one.' }),
  replaces: z
    .enum(['true', 'false'])
    .default('false')
    .openapi({ description: 'Take off the list what the file does not have. Admins only.' }),
});

export const dncImportSchema = z
  .object({
    list: z.string(),
    lines: z.int().openapi({ description: 'Lines with a number.' }),
    added: z.int().openapi({ description: 'Numbers that were not on the list.' }),
    removed: z.int(),
  })
  .openapi('DncImport');

export const dncListSchema = z
  .object({
    list: z.string(),
    entries: z.int(),
    scrubbedOn: day.nullable(),
    ageDays: z.int().nullable(),
    warning: z
      .object({ code: z.string(), severity: z.string(), message: z.string(), action: z.string() })
      .nullable()
      .openapi({ description: 'What is wrong with relying on this copy.' }),
  })
  .openapi('DncList');
