import type { z } from '@hono/zod-openapi';
import { problemSchema } from '../schemas/common.ts';

/*
 * Pieces of the routes' OpenAPI descriptions.
 */

/** An answer in JSON. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A JSON body, which must be there. */
export function body<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** A JSON body that may be left out; the handler then sees an empty object. */
export function optionalBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: false, content: { 'application/json': { schema } } };
}

const meanings = {
  400: 'The request cannot be read.',
  401: 'Nobody is signed in.',
  403: 'The role does not allow it, or the request is not authentic.',
  404: 'There is no such thing, or it is not yours.',
  409: 'The present state does not allow it.',
  413: 'The body is too large.',
  422: 'The input is not valid.',
  429: 'Too many attempts.',
  503: 'Something that is needed cannot be reached; Retry-After says when to try again.',
} as const;

type ProblemAnswer = {
  description: string;
  content: { 'application/problem+json': { schema: typeof problemSchema } };
};

/** The problem documents that a route may answer with, by status; `codes` names the special ones. */
export function problems<Codes extends Partial<Record<keyof typeof meanings, string[]>>>(codes: Codes) {
  const answers = Object.entries(codes).map(([status, names]) => [
    status,
    {
      description: [
        meanings[Number(status) as keyof typeof meanings],
        ...names!.map((name) => `\`${name}\``),
      ].join(' '),
      content: { 'application/problem+json': { schema: problemSchema } },
    },
  ]);
  return Object.fromEntries(answers) as { [Status in keyof Codes]: ProblemAnswer };
}

/** What every route behind the sign-in may answer. */
export const signedIn = problems({ 401: ['UNAUTHENTICATED'], 503: ['DATABASE_UNAVAILABLE'] });

/** How such a route is authenticated. */
export const security: Record<string, string[]>[] = [{ session: [] }, { apiKey: [] }];
