import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import type { ApiEnv } from '../context.ts';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Leadway API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/begin.js"></script>
  </body>
</html>
`;

const begin = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, tryItOutEnabled: true });
`;

/** The API's own pages, served by ourselves so that they work without any other network. */
export function docsRoutes() {
  const root = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  return new Hono<ApiEnv>()
    .get('/docs', (c) => c.html(page))
    .get('/docs/begin.js', (c) => c.body(begin, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
    .get(
      '/docs/*',
      compress(),
      serveStatic({ root, rewriteRequestPath: (path) => path.slice('/docs'.length) }),
    );
}
