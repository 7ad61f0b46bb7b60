import { relative } from 'node:path';
import type { LauncherConfig } from './config.ts';
import type { Launched } from './launch.ts';
import { projectRoot } from './paths.ts';

/** What a person needs to know once everything runs. */
export function describeLaunch(
  config: LauncherConfig,
  launched: Pick<Launched, 'demo'>,
  webUrl?: string,
): string {
  const { demo } = launched;
  const api = `http://localhost:${config.ports.PORT}`;
  const rows: [string, string][] = [
    ['Web application', webUrl ?? (config.publicUrl.startsWith('https:') ? config.publicUrl : api)],
    ['API reference', `${api}/docs`],
    ...(config.temporalWebUrl ? [['Temporal Web', config.temporalWebUrl] satisfies [string, string]] : []),
    ...(demo ? [['Sign in as', `${demo.email}  password ${demo.password}`] satisfies [string, string]] : []),
    ...(demo ? [['API key', demo.apiKey] satisfies [string, string]] : []),
    [
      'Carrier',
      config.carrier
        ? `account ${config.carrier.accountSid}`
        : 'simulated: no real text or call leaves this machine',
    ],
    ['Logs', relative(projectRoot, config.data.logs)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  return `\nLeadway is running.\n\n${lines.join('\n')}\n\nCtrl-C stops everything.\n`;
}
