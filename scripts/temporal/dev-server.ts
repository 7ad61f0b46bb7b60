import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const devFile = fileURLToPath(new URL('../../temporal-dev.yml', import.meta.url));
const dayMs = 86_400_000;

export type TemporalSettings = {
  namespace: string;
  /** Name to type, like `Keyword`. */
  searchAttributes: Record<string, string>;
  /** How long finished workflows can still be read. */
  retentionMs: number;
  /** Everything behind `temporal`, as the container is started. */
  serverArguments: string[];
};

/**
 * What `temporal-dev.yml` says about Temporal.
 * @throws Error when the file lacks something.
 */
export function readTemporalSettings(file = devFile): TemporalSettings {
  const compose = parse(readFileSync(file, 'utf8')) as { services?: Record<string, { command?: unknown }> };
  const commandOf = (service: string) => {
    const command = compose.services?.[service]?.command;
    if (!Array.isArray(command)) throw new Error(`${file}: the service ${service} has no command list`);
    return command.map(String);
  };
  const serverArguments = commandOf('temporal');
  const pairs = valuesOf(serverArguments, '--search-attribute').map((pair) => pair.split('=', 2));
  return {
    namespace: theValueOf(serverArguments, '--namespace'),
    searchAttributes: Object.fromEntries(pairs) as Record<string, string>,
    retentionMs: daysMs(theValueOf(commandOf('temporal-setup'), '--retention')),
    serverArguments,
  };
}

/** The same server as a local program: on this machine only, with other ports and another file. */
export function localServerArguments(
  settings: Pick<TemporalSettings, 'serverArguments'>,
  local: { port: number; uiPort: number; databaseFile: string },
): string[] {
  const replaced = new Map([
    ['--ip', '127.0.0.1'],
    ['--db-filename', local.databaseFile],
  ]);
  const args = settings.serverArguments.map(
    (argument, index, all) => replaced.get(all[index - 1] ?? '') ?? argument,
  );
  return [...args, '--port', String(local.port), '--ui-port', String(local.uiPort)];
}

function valuesOf(args: string[], flag: string): string[] {
  return args.filter((_, index) => args[index - 1] === flag);
}

function theValueOf(args: string[], flag: string): string {
  const [value] = valuesOf(args, flag);
  if (value === undefined) throw new Error(`temporal-dev.yml: ${flag} is missing`);
  return value;
}

function daysMs(text: string): number {
  const days = /^(\d+)d$/.exec(text)?.[1];
  if (days === undefined)
    throw new Error(`temporal-dev.yml: the retention must be in days, like 30d, not ${text}`);
  return Number(days) * dayMs;
}
