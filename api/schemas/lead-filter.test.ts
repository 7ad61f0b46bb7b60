import fc from 'fast-check';
import { expect, test } from 'vitest';
import { journeyStatuses } from '#domain/journey/state.ts';
import { leadFilterQuery, leadFilterSchema, toLeadFilter } from './lead-filter.ts';

const words = fc.string({ minLength: 1, maxLength: 200 });
const instants = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const filters = fc.record(
  {
    search: words,
    status: words,
    stageId: fc.oneof(fc.constant('none'), fc.uuid()),
    tag: words,
    source: words,
    country: words,
    importId: fc.uuid(),
    campaignId: fc.uuid(),
    journeyStatus: fc.constantFrom(...journeyStatuses),
    createdFrom: instants,
    createdTo: instants.map((instant) => instant.slice(0, 10)),
    hasPhoneZone: fc.boolean(),
    blocked: fc.boolean(),
    customFields: fc.dictionary(
      fc.stringMatching(/^[\w-]{1,60}$/),
      fc.string({ minLength: 1, maxLength: 100 }),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  },
  { requiredKeys: [] },
);

const given = (filter: object) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));

test('a filter means the same as a body and as query parameters', () => {
  fc.assert(
    fc.property(filters, ({ customFields, ...fields }) => {
      const query = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));
      for (const [name, value] of Object.entries(customFields ?? {})) query.append(`custom.${name}`, value);
      const all = Object.fromEntries(new URLSearchParams(query.toString()));
      const asQuery = toLeadFilter(leadFilterQuery.parse(all), all);
      const body = { ...fields, ...(Object.keys(customFields ?? {}).length > 0 ? { customFields } : {}) };
      expect(asQuery).toEqual(given(leadFilterSchema.parse(body)));
    }),
  );
});

test('what was left empty is no filter', () => {
  const empty = Object.fromEntries(Object.keys(leadFilterQuery.shape).map((name) => [name, '']));
  expect(toLeadFilter(leadFilterQuery.parse(empty), { ...empty, 'custom.plan': '' })).toEqual({});
});

test('a body with a filter that is none means nobody rather than everybody', () => {
  expect(leadFilterSchema.safeParse({ stauts: 'new' }).success).toBe(false);
});
