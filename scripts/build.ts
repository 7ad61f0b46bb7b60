import { build } from './launcher/build.ts';

/* `npm run build`: the web application to `dist/web` and the workflows' bundle to `dist/workflow-bundle.js`. */

const startedAt = performance.now();
const built = await build({ force: true });
console.log(`Built: ${built.join(', ')} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
