import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import type { ApiEnv } from '../context.ts';
import { Problem } from '../problem.ts';

const builtWeb = fileURLToPath(new URL('../../dist/web', import.meta.url));

/**
 * The browser application as built. A path that is no file is one of its own pages and gets its index; files under
 * `assets` carry their content's hash in the name and never change.
 */
export function webRoutes(root = builtWeb) {
  const app = new Hono<ApiEnv>();
  const index = join(root, 'index.html');
  if (!existsSync(index)) {
    return app.get('*', () => {
      throw new Problem(404, 'WEB_NOT_BUILT', 'The browser application is not built here: npm run build.');
    });
  }
  const files = serveStatic({ root });
  return app
    .use(compress())
    .use(async (c, next) => {
      await next();
      const immutable = c.req.path.startsWith('/assets/');
      if (c.res.ok) c.header('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    })
    .get('/assets/*', files, () => {
      // An asset of an older build: the page's index in its place would be read as a script.
      throw new Problem(404, 'NOT_FOUND', 'There is no such file.');
    })
    .get('*', files)
    .get('*', serveStatic({ path: index }));
}
