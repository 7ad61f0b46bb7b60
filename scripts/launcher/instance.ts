import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killGroup } from './managed-process.ts';

type Recorded = {
  name: string;
  pid: number;
  /** As the operating system shows it: a process number alone may long be somebody else's. */
  command: string;
};

export type Instance = {
  /** Notes a process that must not outlive us. */
  record: (name: string, pid: number) => void;
  /** To be called when all of them have ended. */
  release: () => void;
};

const leftoverGraceMs = 10_000;

/**
 * Makes this launcher the only one on its data folder. What an earlier one left running because it was killed is ended
 * first, what was started last before what it stands on.
 * @throws Error when another launcher is at work.
 */
export async function claimInstance(say: (line: string) => void, file: string): Promise<Instance> {
  const [holder, ...others] = read(file);
  if (holder && isStillThere(holder)) {
    throw new Error(
      `Leadway is already running here (process ${holder.pid}): stop it with Ctrl-C, or kill ${holder.pid}.`,
    );
  }
  for (const left of others.reverse().filter(isStillThere)) {
    say(`ending ${left.name}, left running by a launcher that was killed (process ${left.pid})`);
    await end(left);
  }
  const recorded: Recorded[] = [describe('launcher', process.pid)];
  const write = () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(recorded, null, 2)}\n`);
  };
  write();
  return {
    record: (name, pid) => {
      recorded.push(describe(name, pid));
      write();
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** The process that runs the product here now, if any. */
export function runningLauncher(file: string): number | null {
  const [holder] = read(file);
  return holder && isStillThere(holder) ? holder.pid : null;
}

async function end(left: Recorded): Promise<void> {
  process.kill(left.pid, 'SIGTERM');
  for (const deadline = Date.now() + leftoverGraceMs; Date.now() < deadline && isStillThere(left);)
    await sleep(100);
  killGroup(left.pid);
}

function read(file: string): Recorded[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Recorded[];
  } catch {
    return [];
  }
}

const describe = (name: string, pid: number): Recorded => ({ name, pid, command: commandOf(pid) ?? '' });

const isStillThere = ({ pid, command }: Recorded) => command !== '' && commandOf(pid) === command;

/** The command line of a running process; null when there is none. */
function commandOf(pid: number): string | null {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}
