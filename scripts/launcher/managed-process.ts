import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type ProcessSpec = {
  /** Also the name of its log file. */
  name: string;
  command: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
  logFolder: string;
  /** Answers true once it can do its work. */
  isReady: () => Promise<boolean>;
  readyTimeoutMs: number;
  /** How long it may take to end by itself before it is killed. */
  graceMs: number;
};

export type ManagedProcess = {
  readonly spec: ProcessSpec;
  readonly pid: number;
  /** Resolves when it has ended, with the way it did, like `exit code 1` or `SIGKILL`. */
  readonly ended: Promise<string>;
  /** Asks it to end, then kills it and all that it started; resolves when nothing is left. */
  stop: () => Promise<void>;
};

const logLimitBytes = 10_000_000;

/**
 * Starts a process in a group of its own, so that Ctrl-C in the terminal reaches the launcher only, which then ends
 * all in the right order. Its output goes to a file and outlives a launcher that is killed.
 * @throws Error when the program cannot be started at all.
 */
export async function startProcess(spec: ProcessSpec): Promise<ManagedProcess> {
  const log = openLog(spec);
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    child.once('error', (error) => resolve(error.message));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${spec.name} cannot be started: ${await ended}`);
  return {
    spec,
    pid,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      const inTime = await Promise.race([ended.then(() => true), sleep(spec.graceMs, false, { ref: false })]);
      // Also after an orderly end: what it started must not stay.
      killGroup(pid);
      if (!inTime) await ended;
    },
  };
}

/**
 * Waits until a process can do its work.
 * @throws Error with its last lines when it ends or takes too long before that, or the signal's reason when aborted.
 */
export async function waitUntilReady(running: ManagedProcess, signal?: AbortSignal): Promise<void> {
  const { spec } = running;
  let end: string | undefined;
  void running.ended.then((how) => (end = how));
  for (const deadline = Date.now() + spec.readyTimeoutMs; ; await sleep(50)) {
    signal?.throwIfAborted();
    if (end !== undefined) throw new Error(`${spec.name} ended (${end}).${lastLines(spec)}`);
    if (await spec.isReady()) return;
    if (Date.now() > deadline) {
      throw new Error(`${spec.name} is not ready after ${spec.readyTimeoutMs / 1000} s.${lastLines(spec)}`);
    }
  }
}

/** The last of what it printed, for a message. */
export function lastLines(spec: Pick<ProcessSpec, 'name' | 'logFolder'>, count = 12): string {
  const file = logFileOf(spec);
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
  } catch {
    lines = [];
  }
  return ` Its last lines (${file}):\n${lines.map((line) => `    ${line}`).join('\n')}`;
}

/** @returns whether there was anything to kill */
export function killGroup(pid: number): boolean {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

const logFileOf = ({ name, logFolder }: Pick<ProcessSpec, 'name' | 'logFolder'>) =>
  join(logFolder, `${name}.log`);

function openLog(spec: ProcessSpec): number {
  const file = logFileOf(spec);
  mkdirSync(spec.logFolder, { recursive: true });
  try {
    if (statSync(file).size > logLimitBytes) renameSync(file, `${file}.1`);
  } catch {
    // There is none yet.
  }
  return openSync(file, 'a');
}
