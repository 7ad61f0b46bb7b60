import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from './context.ts';
import { sessionCookie } from './middleware/auth.ts';
import { operationId } from './operation-id.ts';

type Document = ReturnType<OpenAPIHono<ApiEnv>['getOpenAPI31Document']>;

/** OpenAPI 3.1 names a licence by its SPDX identifier; the types know 3.0 only. */
const license: { name: string; identifier: string } = { name: 'MIT', identifier: 'MIT' };

/** What the groups of routes are about, in the order of the documentation page. */
const tags = {
  Session: 'Signing in, and who is signed in.',
  Leads: 'The people to reach: found, changed, merged, moved, blocked.',
  'Saved filters': 'Questions about leads that are asked again.',
  'Custom fields': 'Fields of leads that an organisation adds, with their types.',
  Imports: 'Leads out of files: looked at, corrected, brought in.',
  Pipelines: 'Stages that leads move through, and the board that shows them.',
  Campaigns: 'Journeys with their settings, and what came of them.',
  'Journey versions': 'Drafts of a campaign’s journey, and the versions that were published.',
  Templates: 'Texts with placeholders, as they will read.',
  Launches: 'Batches of leads that begin a campaign together.',
  Journeys: 'One lead’s way through one campaign.',
  Dispositions: 'What came of a contact, and what follows from it.',
  Callbacks: 'Calls that were promised for a time.',
  Tasks: 'What somebody has to do by hand.',
  Numbers: 'Our own numbers, with their caps and rates.',
  Consent: 'Who allowed or forbade to be contacted.',
  'Do not call': 'Numbers that nobody contacts, by list.',
  Compliance: 'Every reason for not contacting somebody.',
  Organization: 'Settings of the organisation, and the switch that stops all of its sending.',
  Changes: 'What has changed since, as a feed and as a stream.',
  'Carrier webhooks': 'Where the carrier delivers; signed by the carrier.',
  Operations: 'Whether the process lives and works, and its metrics.',
};

/** The OpenAPI description of all routes that the app has so far; `openapi.json` is this, written down. */
export function openApiDocument(app: OpenAPIHono<ApiEnv>): Document {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookie,
    description: 'Set by POST /v1/session.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key: `Authorization: Bearer lw_…`.',
  });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Leadway',
      version: '1',
      description:
        'Durable outbound campaigns. JSON in camelCase, instants in ISO 8601 UTC, lists by cursor. Errors are problem documents (RFC 9457) with a stable `code`; every answer carries `X-Request-Id`.',
      license,
    },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
  });
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = item[method];
      if (!operation) continue;
      operation.operationId = operationId(method, path);
      // Said of the open ones too, so that none is open by oversight.
      operation.security ??= [];
    }
  }
  return document;
}
