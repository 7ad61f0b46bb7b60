import { readFileSync, writeFileSync } from 'node:fs';
import { openDatabase } from '#db/database.ts';
import { seedDemoOrganization } from '#db/seed.ts';
import type { DemoOrganization } from '#db/seed.ts';

/** The login by itself; `database` says of which database, as `host:port/name`. */
type Remembered = { database: string; demo: DemoOrganization };

/**
 * Makes the demo organisation when the database holds nobody yet, and remembers its login, of which the database has
 * only hashes.
 * @param file where to remember it; null does not
 * @returns null when the database was filled by somebody else.
 */
export async function provideDemo(
  databaseUrl: string,
  say: (line: string) => void,
  file: string | null,
): Promise<DemoOrganization | null> {
  const { host, pathname } = new URL(databaseUrl);
  const database = openDatabase({ url: databaseUrl, poolSize: 2 });
  try {
    const demo = await seedDemoOrganization(database);
    if (demo) {
      say('demo organisation made');
      const remembered: Remembered = { database: host + pathname, demo };
      if (file) writeFileSync(file, `${JSON.stringify(remembered, null, 2)}\n`, { mode: 0o600 });
      return demo;
    }
  } finally {
    await database.close();
  }
  if (!file) return null;
  try {
    const remembered = JSON.parse(readFileSync(file, 'utf8')) as Remembered;
    return remembered.database === host + pathname ? remembered.demo : null;
  } catch {
    return null;
  }
}
