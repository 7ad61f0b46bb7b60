import { createRoute } from '@hono/zod-openapi';
import { areaCodeOf, formatPhone } from '#domain/phone.ts';
import { createNumber, listNumbers, updateNumber } from '#db/queries/numbers.ts';
import type { NumberRow } from '#db/queries/numbers.ts';
import { withOrganization } from '#db/tenant.ts';
import { decodeKey, encodeKey } from '../cursor.ts';
import { requireRole } from '../middleware/auth.ts';
import { Problem, notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { idParam, page, pageQuery } from '../schemas/common.ts';
import { newNumberSchema, numberChangeSchema, numberSchema } from '../schemas/number.ts';
import type { OwnedNumber } from '../schemas/number.ts';
import { actorOf } from './actor.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const tags = ['Numbers'];
const admins = requireRole('admin');

const list = createRoute({
  method: 'get',
  path: '/numbers',
  tags,
  summary: 'List the numbers that people are contacted from',
  security,
  request: { query: pageQuery },
  responses: {
    200: json(page(numberSchema), 'A page of numbers, in their own order.'),
    ...signedIn,
    ...problems({ 422: ['VALIDATION_FAILED', 'BAD_CURSOR'] }),
  },
});

const create = createRoute({
  method: 'post',
  path: '/numbers',
  tags,
  summary: 'Add a number',
  description:
    'It must be one of your carrier account, with its webhooks pointing here. From now on people are contacted from it, unless their campaign names others.',
  security,
  middleware: admins,
  request: { body: body(newNumberSchema) },
  responses: {
    201: json(numberSchema, 'The number.'),
    ...signedIn,
    ...problems({
      403: ['FORBIDDEN'],
      409: ['NUMBER_TAKEN'],
      422: ['VALIDATION_FAILED', 'INVALID_PHONE'],
    }),
  },
});

const update = createRoute({
  method: 'patch',
  path: '/numbers/{id}',
  tags,
  summary: 'Change what a number can and may do, or put it out of use',
  description: 'What is not given stays as it is. Touches follow it from the next one on.',
  security,
  middleware: admins,
  request: { params: idParam, body: body(numberChangeSchema) },
  responses: {
    200: json(numberSchema, 'The number as it is now.'),
    ...signedIn,
    ...problems({ 403: ['FORBIDDEN'], 404: ['NUMBER_NOT_FOUND'], 422: ['VALIDATION_FAILED'] }),
  },
});

export function numberRoutes() {
  return createRouter()
    .openapi(list, async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const after = decodeKey(cursor, 1)?.[0] ?? null;
      const found = await listNumbers(c.var.deps.database, c.var.scope, { limit, after });
      const nextCursor = found.next === null ? null : encodeKey([found.next]);
      return c.json({ items: found.rows.map(toNumber), nextCursor }, 200);
    })
    .openapi(create, async (c) => {
      const { scope } = c.var;
      const { areaCode, ...given } = c.req.valid('json');
      const number = { ...given, areaCode: areaCode === undefined ? areaCodeOf(given.e164) : areaCode };
      const made = await withOrganization(c.var.deps.database, scope, async (tx) => {
        const row = await createNumber(tx, scope.organizationId, number, actorOf(c));
        if (!row) throw new Problem(409, 'NUMBER_TAKEN', 'The number is in use already.', { field: 'e164' });
        return row;
      });
      return c.json(toNumber(made), 201);
    })
    .openapi(update, async (c) => {
      const { scope } = c.var;
      const { id } = c.req.valid('param');
      const change = c.req.valid('json');
      const row = await withOrganization(c.var.deps.database, scope, (tx) =>
        updateNumber(tx, scope.organizationId, id, change, actorOf(c)),
      );
      if (!row) throw notFound('number');
      return c.json(toNumber(row), 200);
    });
}

function toNumber(row: NumberRow): OwnedNumber {
  return { ...row, formatted: formatPhone(row.e164) };
}
