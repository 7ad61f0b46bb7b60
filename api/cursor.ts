import { z } from 'zod';
import type { CohortPlace } from '#db/queries/cohort-facts.ts';
import type { FeedPosition } from '#db/queries/event-feed.ts';
import type { LeadTimelinePosition } from '#db/queries/lead-timeline.ts';
import type { LeadPosition } from '#db/queries/lead-list.ts';
import type { Page, Position } from '#db/queries/reading.ts';
import { invalid } from './problem.ts';

/*
 * Cursors are opaque to clients: what they hold may change. One that is not ours is the client's mistake and told so.
 */

const instantPattern = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/;
const positionSchema = z.tuple([z.string().regex(instantPattern), z.guid()]);

/** A page as the API answers it. */
export function toPage<Row, Item>(page: Page<Row>, toItem: (row: Row) => Item) {
  return {
    items: page.rows.map(toItem),
    nextCursor: page.next && encode([page.next.at, page.next.id]),
  };
}

/** @throws Problem 422 BAD_CURSOR */
export function pageRequest(query: { limit: number; cursor?: string | undefined }): {
  limit: number;
  after: Position | null;
} {
  if (query.cursor === undefined || query.cursor === '') return { limit: query.limit, after: null };
  const [at, id] = decode(query.cursor, positionSchema, 'cursor');
  return { limit: query.limit, after: { at, id } };
}

/** Cursor of a list that is ordered by a whole number. */
export function encodeNumber(value: number | null): string | null {
  return value === null ? null : encode(value);
}

/** @throws Problem 422 BAD_CURSOR */
export function decodeNumber(cursor: string | undefined, start: number): number {
  return cursor === undefined || cursor === '' ? start : decode(cursor, z.int32(), 'cursor');
}

const placeSchema = z.tuple([z.int(), z.guid()]);

/** Cursor of a list in the order of a cohort. */
export function encodePlace({ position, leadId }: CohortPlace): string {
  return encode([position, leadId]);
}

/** @throws Problem 422 BAD_CURSOR */
export function decodePlace(cursor: string | undefined): CohortPlace | null {
  if (cursor === undefined || cursor === '') return null;
  const [position, leadId] = decode(cursor, placeSchema, 'cursor');
  return { position, leadId: leadId.toLowerCase() };
}

/** Cursor of a list that is ordered by texts. */
export function encodeKey(values: string[]): string {
  return encode(values);
}

/** @throws Problem 422 BAD_CURSOR */
export function decodeKey(cursor: string | undefined, length: number): string[] | null {
  const schema = z.array(z.string().max(100)).length(length);
  return cursor === undefined || cursor === '' ? null : decode(cursor, schema, 'cursor');
}

const at = z.string().regex(instantPattern);
const leadPositionSchema = z.union([
  z.tuple([z.enum(['createdAt', '-createdAt', 'updatedAt', '-updatedAt']), at, z.guid()]),
  z.tuple([z.enum(['name', '-name']), z.string().max(400), z.guid()]),
  z.tuple([z.enum(['stage', '-stage']), z.string().regex(/^\d{1,10}$/), at, z.guid()]),
  z.tuple([z.literal('rank'), z.string().regex(/^\d{1,9}$/), at, z.guid()]),
]);

/**
 * Where a page of leads begins: after that place in one of the given orders.
 * @throws Problem 422 BAD_CURSOR, also for a cursor of another order
 */
export function decodeLeadPosition(
  cursor: string | undefined,
  orders: readonly string[],
): LeadPosition | null {
  if (cursor === undefined || cursor === '') return null;
  const position = decode<LeadPosition>(cursor, leadPositionSchema, 'cursor');
  if (!orders.includes(position[0]!)) throw badCursor('cursor');
  return position;
}

const leadTimelinePositionSchema = z.tuple([at, z.string().max(20), z.string().max(100)]);

/** @throws Problem 422 BAD_CURSOR */
export function decodeLeadTimelinePosition(cursor: string | undefined): LeadTimelinePosition | null {
  if (cursor === undefined || cursor === '') return null;
  return decode(cursor, leadTimelinePositionSchema, 'cursor');
}

/** A place in the change feed, as clients keep it and as the stream's event id. */
export function encodeFeedPosition({ txid, id }: FeedPosition): string {
  return `${txid}-${id}`;
}

/** @throws Problem 422 BAD_CURSOR */
export function decodeFeedPosition(text: string, field: string): FeedPosition {
  const match = /^(\d{1,19})-(\d{1,18})$/.exec(text);
  if (!match) throw badCursor(field);
  return { txid: match[1]!, id: match[2]! };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode<T>(cursor: string, schema: z.ZodType<T>, field: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw badCursor(field);
  }
}

function badCursor(field: string) {
  return invalid(field, 'BAD_CURSOR', 'This is not a cursor that a page of this list has given out.');
}
