import { findBrokenReferences } from './docs/references.ts';
import { projectRoot } from './launcher/paths.ts';

/* Part of `npm run verify`: what the documentation names must exist. */

const problems = findBrokenReferences(projectRoot);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}
