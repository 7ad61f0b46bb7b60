import { fileURLToPath } from 'node:url';
import { OpenAPIHono } from '@hono/zod-openapi';
import { mountRoutes } from './app.ts';
import type { ApiEnv } from './context.ts';
import { openApiDocument } from './openapi.ts';

/** The document as it is committed, for those who make a client of it or review what a change does to the interface. */
export const openApiFile = fileURLToPath(new URL('../openapi.json', import.meta.url));

/** What belongs in that file. */
export function openApiText(): string {
  const app = new OpenAPIHono<ApiEnv>();
  mountRoutes(app);
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}
