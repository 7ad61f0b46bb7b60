import { writeFileSync } from 'node:fs';
import { openApiFile, openApiText } from '#api/openapi-file.ts';

/* `npm run openapi`: writes down what the routes say of themselves, to be committed with the change that altered it. */

writeFileSync(openApiFile, openApiText());
console.log(`Written: ${openApiFile}`);
