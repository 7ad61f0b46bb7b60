import { chmodSync, createWriteStream, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { run } from './run.mjs';

/** Where the Temporal SDKs and the CLI's own installer download from. */
export const officialDownloads = 'https://temporal.download';

/** Long enough for a far-away answer, short enough not to be waited for where downloads are closed. */
const answerTimeoutMs = 5_000;
const archiveTimeoutMs = 5 * 60_000;

/**
 * Downloads one of Temporal's programs in the way the SDK does: ask for the archive's address, fetch it, take the one
 * file out.
 * @param {{ artifact: string, version: string, query?: Record<string, string>, destination: string, origin?: string }} what
 * @throws {Error} with a short reason
 */
export async function downloadProgram({
  artifact,
  version,
  query = {},
  destination,
  origin = officialDownloads,
}) {
  const platform = { win32: 'windows', darwin: 'darwin', linux: 'linux' }[
    /** @type {string} */ (process.platform)
  ];
  const arch = { x64: 'amd64', arm64: 'arm64' }[/** @type {string} */ (process.arch)];
  if (!platform || !arch) throw new Error(`there is none for ${process.platform} ${process.arch}`);
  const parameters = new URLSearchParams({ arch, platform, format: 'tar.gz', ...query });
  const info = await (await get(`${origin}/${artifact}/${version}?${parameters}`, answerTimeoutMs)).json();
  const archive = await get(info.archiveUrl, archiveTimeoutMs);
  if (!archive.body) throw new Error('the archive is empty');

  const folder = mkdtempSync(join(dirname(destination), 'download-'));
  try {
    const file = join(folder, 'archive');
    await pipeline(Readable.fromWeb(/** @type {any} */ (archive.body)), createWriteStream(file));
    // Every platform's own `tar` reads gzip, and that of Windows zip too.
    const unpacked = await run('tar', ['-xf', file, '-C', folder, info.fileToExtract]);
    if (!unpacked.ok) throw new Error(`the archive cannot be unpacked: ${unpacked.tail}`);
    const program = join(folder, info.fileToExtract);
    if (!existsSync(program)) throw new Error(`the archive does not hold ${info.fileToExtract}`);
    chmodSync(program, 0o755);
    renameSync(program, destination);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} url
 * @param {number} timeoutMs for the whole answer
 */
async function get(url, timeoutMs) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    const { message, cause } = /** @type {Error & { cause?: Error & { code?: string } }} */ (error);
    throw new Error(`${new URL(url).host} cannot be reached (${cause?.code ?? message})`, { cause: error });
  }
  if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`);
  return response;
}
