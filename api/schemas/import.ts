import { z } from '@hono/zod-openapi';
import { importStatuses } from '#db/schema/imports.ts';
import { delimiters, maxColumns } from '#files/csv.ts';
import { encodings } from '#files/encoding.ts';
import { leadColumns } from '#files/options.ts';
import type { ImportTarget } from '#files/options.ts';
import { rejectionCodes } from '#files/read-lead.ts';
import { id, instant, page } from './common.ts';

const targetNames = new Set<string>(leadColumns);

const target = z
  .string()
  .refine((text): text is ImportTarget => targetNames.has(text) || /^custom\.[\w-]{1,60}$/.test(text), {
    message: `must be one of ${leadColumns.join(', ')}, or custom. and a name of letters, digits, _ and -`,
  })
  .transform((text) => text as ImportTarget)
  .openapi({
    type: 'string',
    example: 'firstName',
    description: `One of ${leadColumns.map((name) => `\`${name}\``).join(', ')}, or \`custom.<name>\`.`,
  });

const country = z
  .string()
  .regex(/^[A-Za-z]{2}$/, 'must be a country code of two letters')
  .transform((code) => code.toUpperCase())
  .openapi({
    description: 'The country of numbers without a country code (ISO 3166-1 alpha-2).',
    example: 'US',
  });

const column = z.object({
  index: z.int().openapi({ description: 'Its place in the file; the first is 0.' }),
  name: z.string().openapi({ description: 'Its name in the file.' }),
  target: z.string().nullable().openapi({ description: 'What it is; null: it is left out.' }),
});

const options = z
  .object({
    format: z.enum(['csv', 'xlsx']),
    encoding: z.enum(encodings),
    delimiter: z.enum(delimiters),
    header: z.boolean().openapi({ description: 'Whether the first row names the columns.' }),
    sheet: z.string().nullable().openapi({ description: 'Of a workbook; null: the first one.' }),
    defaultCountry: z.string(),
    source: z.string().nullable(),
    columns: z.array(column),
  })
  .openapi('ImportOptions', {
    description: 'How the file is read; guessed, and editable while it is a draft.',
  });

export const importSchema = z
  .object({
    id,
    fileName: z.string(),
    status: z.enum(importStatuses).openapi({
      description:
        '`draft`: stored, nothing taken yet. `failed`: the file cannot be read, see `failure`; nothing of it was taken.',
    }),
    bytes: z.int(),
    options,
    progress: z.object({ rows: z.int(), bytes: z.int() }).openapi({
      description: 'How far the file has been read. Then its rows are stored, and the counts grow.',
    }),
    rows: z.int().openapi({
      description: 'Rows of data; 0 until all are read. At the end created + updated + rejected.',
    }),
    created: z.int(),
    updated: z.int().openapi({ description: 'Rows of leads that were there already, changed by it or not.' }),
    rejected: z.int().openapi({ description: 'Rows that were not taken, see its rejections.' }),
    failure: z.object({ code: z.string(), message: z.string(), line: z.int().optional() }).nullable(),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .openapi('Import');

export type Import = z.infer<typeof importSchema>;

export const importListSchema = page(importSchema).openapi('ImportList');

export const importQuery = z.object({
  fileName: z
    .string()
    .trim()
    .max(300)
    .optional()
    .openapi({ description: 'Of a file that is sent as the body itself.' }),
  defaultCountry: country.default('US'),
  source: z
    .string()
    .trim()
    .max(100)
    .optional()
    .openapi({ description: 'Where these leads come from; a `source` column of the file wins.' }),
  draft: z
    .enum(['true', 'false', ''])
    .optional()
    .openapi({ description: '`true`: store the file and look at it, import nothing yet.' }),
});

/** What is not given stays. When encoding, delimiter, header or sheet change, the columns are guessed anew. */
export const importPatchSchema = z
  .strictObject({
    encoding: z.enum(encodings).optional(),
    delimiter: z.enum(delimiters).optional(),
    header: z.boolean().optional(),
    sheet: z.string().max(200).nullable().optional(),
    defaultCountry: country.optional(),
    source: z.string().trim().max(100).nullable().optional(),
    columns: z
      .array(z.strictObject({ index: z.int().min(0), target: target.nullable() }))
      .max(maxColumns)
      .optional()
      .openapi({ description: 'What these columns are; others stay what they are.' }),
  })
  .openapi('ImportPatch');

export const importPreviewSchema = z
  .object({
    options,
    sheets: z.array(z.string()).openapi({ description: 'Of a workbook, all of them.' }),
    guessed: z.object({ encoding: z.enum(encodings), delimiter: z.enum(delimiters), header: z.boolean() }),
    columns: z.array(column.extend({ samples: z.array(z.string()) })),
    rows: z
      .array(
        z.object({
          line: z.int(),
          ok: z.boolean(),
          lead: z.record(z.string(), z.unknown()).nullable().openapi({
            description: 'The fields that the row says; those of a lead that is there already are added to.',
          }),
          problem: z
            .object({ column: z.string().nullable(), code: z.enum(rejectionCodes), message: z.string() })
            .nullable(),
        }),
      )
      .openapi({ description: 'The first rows as they will be.' }),
  })
  .openapi('ImportPreview');

export const rejectionListSchema = page(
  z
    .object({
      line: z
        .int()
        .openapi({ description: 'Line in the file at which the row begins; the header is line 1.' }),
      column: z.string().nullable().openapi({ description: "The column's own name; null: the whole row." }),
      code: z.string().openapi({ description: `One of ${rejectionCodes.join(', ')}.` }),
      message: z.string(),
      cells: z.array(z.string()),
    })
    .openapi('ImportRejection'),
).openapi('ImportRejectionList');
