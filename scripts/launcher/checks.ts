import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import pg from 'pg';
import { findPostgresBinaries } from '#db/postgres-binaries.ts';
import { temporalCliPath, temporalTestServerPath } from '../tools.ts';
import { readTemporalSettings } from '../temporal/dev-server.ts';
import { findTemporalProblems } from '../temporal/setup.ts';
import { usedPorts } from './config.ts';
import type { LauncherConfig } from './config.ts';
import { requireDatabase } from './database.ts';
import { runningLauncher } from './instance.ts';
import { isPortFree } from './ports.ts';

/** `warning` does not keep the product from running. */
export type Finding = { level: 'ok' | 'warning' | 'problem'; subject: string; text: string };

const execute = promisify(execFile);
const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Everything that keeps the product from running here, or soon will, each as one line. */
export async function examine(config: LauncherConfig): Promise<Finding[]> {
  return [
    examineNode(),
    config.temporal
      ? ok('Temporal command line', 'not needed: Temporal runs elsewhere')
      : examineTool('Temporal command line', temporalCliPath, 'problem'),
    examineTool('time-skipping test server', temporalTestServerPath, 'warning'),
    await examineChromium(),
    await examinePorts(config),
    await (config.database ? examineDatabase(config.database) : examineEmbedded()),
    ...(await examineTemporal(config)),
    ok('carrier', describeCarrier(config)),
  ];
}

const ok = (subject: string, text: string): Finding => ({ level: 'ok', subject, text });
const problem = (subject: string, text: string): Finding => ({ level: 'problem', subject, text });
const warning = (subject: string, text: string): Finding => ({ level: 'warning', subject, text });

function describeCarrier({ carrier, environment }: LauncherConfig): string {
  if (!carrier) return 'simulated';
  const elsewhere = environment.TWILIO_BASE_URL;
  return `account ${carrier.accountSid}${elsewhere ? ` at ${elsewhere}` : ': real people are called and texted'}`;
}

function examineNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > 20 || (major === 20 && minor >= 19);
  return isNew
    ? ok('Node', process.version)
    : problem('Node', `${process.version} is too old: 20.19 is needed`);
}

function examineTool(subject: string, find: () => string, ifMissing: Finding['level']): Finding {
  try {
    return ok(subject, find());
  } catch (error) {
    return { level: ifMissing, subject, text: (error as Error).message };
  }
}

async function examineChromium(): Promise<Finding> {
  for (const name of chromiumNames) {
    const found = await execute('which', [name]).catch(() => null);
    if (found) return ok('Chromium', found.stdout.trim());
  }
  return warning('Chromium', 'not found: the browser tests will be skipped');
}

async function examinePorts(config: LauncherConfig): Promise<Finding> {
  const used = usedPorts(config);
  const taken: string[] = [];
  for (const { variable, port } of used) {
    if (!(await isPortFree(port, config.host))) taken.push(`${variable} ${port}`);
  }
  if (taken.length === 0) return ok('ports', used.map(({ port }) => port).join(', '));
  const launcher = runningLauncher(config.data.run);
  if (launcher !== null) return ok('ports', `in use by Leadway, which is running (process ${launcher})`);
  return problem('ports', `taken by other programs: ${taken.join(', ')}`);
}

async function examineEmbedded(): Promise<Finding> {
  try {
    const { majorVersion, postgres } = await findPostgresBinaries();
    return ok('database', `the embedded Postgres ${majorVersion} (${postgres})`);
  } catch (error) {
    return problem('database', (error as Error).message);
  }
}

async function examineDatabase({ url, ownerUrl }: { url: string; ownerUrl: string }): Promise<Finding> {
  for (const [variable, each] of Object.entries({ DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl })) {
    try {
      await requireDatabase(variable, each);
    } catch (error) {
      return problem('database', (error as { lines?: string[] }).lines?.[0] ?? (error as Error).message);
    }
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await examineRole(client);
  } finally {
    await client.end();
  }
}

type Role = { name: string; unbound: boolean; owns: number; isMember: boolean };

/** Row-level security binds neither a superuser nor whoever may bypass it, nor the tables' owner. */
async function examineRole(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<Role>(`
    select rolname as name, rolsuper or rolbypassrls as unbound, pg_has_role(current_user, oid, 'MEMBER') as "isMember",
           (select count(*)::int from pg_tables where tableowner = rolname and schemaname in ('public', 'platform')) as owns
    from pg_roles where rolname in (current_user, 'leadway_app')`);
  const role = rows.find(({ name }) => name === 'leadway_app');
  if (!role) return warning('database', 'it has not been migrated yet: npm start and npm run db:migrate do');
  if (role.unbound || role.owns > 0) {
    return problem(
      'database',
      'leadway_app owns tables or may bypass row-level security: tenants are not kept apart',
    );
  }
  const login = rows.find((each) => each !== role) ?? role;
  if (!role.isMember) {
    return problem('database', `the user may not act as leadway_app: GRANT leadway_app TO ${login.name}`);
  }
  if (login.unbound || login.owns > 0) {
    const what = `${login.name} owns tables or may bypass row-level security`;
    return warning('database', `${what}: log in as another for production`);
  }
  return ok('database', `${login.name} is bound by row-level security`);
}

async function examineTemporal(config: LauncherConfig): Promise<Finding[]> {
  if (!config.temporal) return [ok('Temporal', 'the development server of temporal-dev.yml')];
  const options = config.temporal.connectionOptions;
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...options, connectTimeout: 5_000 });
  } catch (error) {
    return [
      problem(
        'Temporal',
        `TEMPORAL_ADDRESS: ${options.address} does not answer (${(error as Error).message})`,
      ),
    ];
  }
  try {
    const settings = { ...readTemporalSettings(), namespace: config.temporalNamespace };
    const lacking = await findTemporalProblems(connection, settings);
    if (lacking.length > 0)
      return lacking.map((text) => problem('Temporal', `${text}: npm run temporal:setup`));
    return [ok('Temporal', `${options.address}, namespace ${settings.namespace}`)];
  } catch (error) {
    return [problem('Temporal', (error as Error).message)];
  } finally {
    await connection.close();
  }
}
