import { spawn } from 'node:child_process';

const tailLines = 15;

/**
 * Runs a program to its end and keeps the last of what it printed; the terminal shows only that it is still at work.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, onWaiting?: (seconds: number) => void }} [options]
 * @returns {Promise<{ ok: boolean, output: string, tail: string }>} never rejects: a program that cannot be started is
 *   one that failed.
 */
export function run(command, args, { cwd, env, timeoutMs, onWaiting } = {}) {
  return new Promise((resolve) => {
    const startedAt = Date.now();
    let output = '';
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    const keep = (/** @type {Buffer} */ chunk) => (output = (output + chunk.toString()).slice(-100_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const ticker =
      onWaiting && setInterval(() => onWaiting(Math.round((Date.now() - startedAt) / 1000)), 30_000);
    const end = (/** @type {boolean} */ ok, note = '') => {
      clearInterval(ticker);
      const tail = `${output}${note}`.trim().split('\n').slice(-tailLines).join('\n');
      resolve({ ok, output, tail });
    };
    child.once('error', (error) => end(false, `\n${error.message}`));
    child.once('close', (code, signal) => end(code === 0, signal ? `\nended by ${signal}` : ''));
  });
}
