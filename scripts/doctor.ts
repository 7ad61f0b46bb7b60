import { ConfigError } from '#config/environment.ts';
import { examine } from './launcher/checks.ts';
import { loadLauncherConfig } from './launcher/config.ts';
import { withDotEnv } from './launcher/dot-env.ts';

/* `npm run doctor`: what keeps the product from running here, one line each. Ends with 1 when there is anything. */

const signs = { ok: '✓', warning: '!', problem: '✗' };

try {
  const findings = await examine(loadLauncherConfig(withDotEnv(process.env)));
  for (const { level, subject, text } of findings) console.log(`${signs[level]} ${subject}: ${text}`);
  if (findings.some(({ level }) => level === 'problem')) process.exitCode = 1;
} catch (error) {
  const lines = error instanceof ConfigError ? error.lines : [(error as Error).message];
  for (const line of lines) console.log(`✗ ${line}`);
  process.exitCode = 1;
}
