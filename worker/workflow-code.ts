import { fileURLToPath } from 'node:url';

/** What the worker runs in the sandbox: the built bundle, or the sources, which the worker then bundles itself. */
export async function workflowCode(bundlePath: string | undefined) {
  if (bundlePath) return { workflowBundle: { codePath: bundlePath } };
  return { workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)) };
}
