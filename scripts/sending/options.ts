import { parseArgs } from 'node:util';
import { resumePolicies } from '#domain/compliance/pauses.ts';
import type { ResumePolicy } from '#domain/compliance/pauses.ts';

export type SendingCommand = { do: 'stop' } | { do: 'resume'; policy: ResumePolicy } | { do: 'status' };

export class UsageError extends Error {}

export const usage = `npm run sending -- stop | resume [--policy ${resumePolicies.join('|')}] | status`;

/** @throws UsageError saying what is wrong. */
export function parseSendingCommand(args: string[]): SendingCommand {
  const { positionals, values } = parsed(args);
  const [word, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`"${more[0]}" is one word too many`);
  if (values.policy !== undefined && word !== 'resume')
    throw new UsageError('--policy belongs to resume: it says what becomes of the waits');
  switch (word) {
    case 'stop':
    case 'status':
      return { do: word };
    case 'resume': {
      const policy = resumePolicies.find((known) => known === (values.policy ?? 'keep'));
      if (!policy)
        throw new UsageError(`--policy: "${values.policy}" is not one of ${resumePolicies.join(', ')}`);
      return { do: 'resume', policy };
    }
    default:
      throw new UsageError(word === undefined ? 'Say what to do' : `"${word}" is nothing that can be done`);
  }
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { policy: { type: 'string' } } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
