import { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from './context.ts';
import { validationProblem } from './middleware/problems.ts';

/** A group of routes, each with its OpenAPI description; input that its schema refuses is a problem document. */
export function createRouter() {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw validationProblem(result.error);
    },
  });
}
