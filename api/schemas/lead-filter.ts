import { z } from '@hono/zod-openapi';
import { journeyStatuses } from '#domain/journey/state.ts';
import type { LeadFilter } from '#db/queries/lead-filter.ts';
import { validationProblem } from '../middleware/problems.ts';
import { id, searchText } from './common.ts';

/** How a field of an organisation's own is named. */
export const customFieldName = z
  .string()
  .regex(/^[\w-]{1,60}$/, 'must be letters, digits, _ and -, 60 of them at most');

const since = z.union(
  [z.iso.datetime({ offset: true }), z.iso.date()],
  'must be an instant like 2026-11-21T09:00:00Z or a day like 2026-11-21',
);

/** An empty choice of a form is no filter. */
const choice = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const flag = (description: string, words: boolean) =>
  words
    ? choice(z.enum(['true', 'false']).transform((word) => word === 'true')).openapi({
        type: 'string',
        enum: ['true', 'false'],
        description,
      })
    : z.boolean().optional().openapi({ description });

/** The fields that query and body have in common; a query writes true and false as words. */
const fields = (words: boolean) => ({
  search: searchText.openapi({
    description:
      'Leads whose name, company, e-mail or number hold every word, whatever their order, case and accents; when nobody does, those with words like them. Of a number its digits count.',
  }),
  status: searchText,
  stageId: choice(z.union([z.literal('none'), id])).openapi({
    type: 'string',
    description: '`none` = in no stage.',
  }),
  tag: searchText,
  source: searchText,
  country: searchText,
  importId: choice(id).openapi({ type: 'string', format: 'uuid', description: 'Leads of that file.' }),
  campaignId: choice(id).openapi({
    type: 'string',
    format: 'uuid',
    description: 'Leads with a journey in that campaign.',
  }),
  journeyStatus: choice(z.enum(journeyStatuses)).openapi({
    type: 'string',
    enum: [...journeyStatuses],
    description: 'Leads with a journey of that status; with `campaignId`, in that campaign.',
  }),
  createdFrom: choice(since).openapi({
    type: 'string',
    description: 'An instant or a day (UTC), itself included.',
  }),
  createdTo: choice(since).openapi({
    type: 'string',
    description: 'An instant or a day (UTC), itself not included.',
  }),
  hasPhoneZone: flag('Whether a time zone is known; without one a lead is never contacted.', words),
  blocked: flag('Whether somebody has blocked the lead.', words),
});

/** A filter of leads in a JSON body. What is not named here is refused: a misspelt filter must not mean everybody. */
export const leadFilterSchema = z
  .strictObject({
    ...fields(false),
    customFields: z
      .record(customFieldName, z.string().max(2000))
      .optional()
      .openapi({ description: 'Each of these fields has that value.' }),
  })
  .openapi('LeadFilter');

/** The same as query parameters. Values of custom fields come as `custom.<name>`; `toLeadFilter` takes them out. */
export const leadFilterQuery = z.object(fields(true));

const prefix = 'custom.';
const customQuery = z.record(customFieldName, z.string().max(2000));

/**
 * The filter that a query names.
 * @param query what `leadFilterQuery` has read, and anything else beside it
 * @param all every parameter as it was sent (`c.req.query()`)
 * @throws Problem 422 VALIDATION_FAILED for a `custom.` with a name that no field can have
 */
export function toLeadFilter(
  query: z.output<typeof leadFilterQuery>,
  all: Record<string, string>,
): LeadFilter {
  const filter: LeadFilter = {};
  for (const name of Object.keys(leadFilterQuery.shape) as (keyof typeof query)[]) {
    if (query[name] !== undefined) Object.assign(filter, { [name]: query[name] });
  }
  const custom = Object.entries(all).filter(([name, value]) => name.startsWith(prefix) && value !== '');
  if (custom.length > 0) {
    const read = customQuery.safeParse(
      Object.fromEntries(custom.map(([name, value]) => [name.slice(prefix.length), value])),
    );
    if (!read.success) throw validationProblem(read.error, 'custom');
    filter.customFields = read.data;
  }
  return filter;
}
