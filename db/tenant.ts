import type { Duplex } from 'node:stream';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { PoolClient, QueryResult } from 'pg';
import type { Database } from './database.ts';
import type { MemberRole } from './schema/organizations.ts';

/** For whom a transaction acts. `system` is the product itself: worker, webhooks, launcher. */
export type TenantScope = {
  organizationId: string;
  userId?: string | null;
  role: MemberRole | 'system';
};

export type TenantTransaction = NodePgDatabase;

export type OneStatement = { name: string; text: string; values: unknown[] };

/** How a statement is run: `planned` for these values and this organisation each time, or once for all. */
export type Planning = { planned?: 'once' | 'each time' };

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The scope of the product's own work for an organisation. */
export function systemScope(organizationId: string): TenantScope {
  return { organizationId, role: 'system' };
}

/**
 * The only door to business tables: runs `work` in one transaction that sees and writes this organisation's rows, and
 * nothing else. Open one a request or activity, not one a statement: each costs a round trip to begin and one to end.
 * Rolls back and rethrows when `work` throws.
 */
export async function withOrganization<T>(
  database: Database,
  scope: TenantScope,
  work: (tx: TenantTransaction) => Promise<T>,
): Promise<T> {
  const settings = await settingsOf(database, scope);
  const client = await database.pool.connect();
  let broken: Error | undefined;
  try {
    return await transactionOn(client, settings, work);
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function transactionOn<T>(
  client: PoolClient | pg.Client,
  settings: string,
  work: (tx: TenantTransaction) => Promise<T>,
): Promise<T> {
  inOneMessage(client);
  // Not awaited: it travels with the first statement of `work`.
  const begun = client.query(settings);
  begun.catch(() => {});
  // Without the schema: relational queries are not used, and their tables would be worked out for every transaction.
  const tx: TenantTransaction = drizzle(client);
  const result = await work(tx);
  await begun;
  const { command } = await (commits.get(tx) ?? client.query('COMMIT'));
  // Postgres answers so when a statement failed and `work` went on as if it had not.
  if (command !== 'COMMIT')
    throw new Error('A statement of this transaction failed, so nothing of it was kept');
  return result;
}

/** One connection of an organisation's, for work whose temporary tables outlive a transaction. */
export type TenantSession = {
  client: pg.Client;
  transaction: <T>(work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;
};

/**
 * Runs `work` with a connection of its own beside the pool's, on which it may open one transaction after the other, each as
 * `withOrganization` would. The connection is closed afterwards, and its temporary tables with it.
 */
export async function withSession<T>(
  database: Database,
  scope: TenantScope,
  work: (session: TenantSession) => Promise<T>,
): Promise<T> {
  // COPY does not go together with statements that are sent ahead.
  const client = new pg.Client({ ...database.pool.options, pipeline: false } as pg.ClientConfig);
  // Whoever is using it hears of a broken connection from the statement.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work({
      client,
      // A transaction that fails fails the work, and the end of the connection takes it back.
      transaction: async (inner) => transactionOn(client, await settingsOf(database, scope), inner),
    });
  } finally {
    await client.end().catch(() => {});
  }
}

/** Of transactions whose end is on its way already. */
const commits = new WeakMap<TenantTransaction, Promise<QueryResult>>();

/**
 * The last statement of `withOrganization`'s work, sent in one message with the COMMIT: rows that everybody wants stay
 * locked for the server's part only, and not while this process comes round to ending the transaction.
 */
export async function lastRowsOf<Row extends object>(
  tx: TenantTransaction,
  statement: OneStatement,
): Promise<Row[]> {
  const { $client } = tx as TenantTransaction & { $client: PoolClient };
  inOneMessage($client);
  const answer = $client.query<Row & Record<string, unknown>>(statement);
  const commit = $client.query('COMMIT');
  // Behind a statement that fails it fails as well, and the statement tells why.
  commit.catch(() => {});
  commits.set(tx, commit);
  return (await answer).rows;
}

/**
 * One statement as one tenant transaction in one round trip, for the hot path. If it fails, the COMMIT behind it rolls
 * back. `name` lets the server keep its plan.
 */
export async function inOneTrip<Row extends Record<string, unknown>>(
  database: Database,
  scope: TenantScope,
  statement: OneStatement,
  { planned = 'once' }: Planning = {},
): Promise<Row[]> {
  const settings = await settingsOf(database, scope);
  const begin = planned === 'once' ? settings : `${settings}; SET LOCAL plan_cache_mode = force_custom_plan`;
  return tripOf<Row>(database, [begin], statement);
}

/**
 * As `inOneTrip`, for whichever organisation owns a number of ours: the one way in for what comes from outside and names
 * no organisation. When nobody owns it, the statement sees and writes nothing.
 */
export async function inOneTripOfNumber<Row extends Record<string, unknown>>(
  database: Database,
  e164: string,
  statement: OneStatement,
): Promise<Row[]> {
  const settings = {
    name: 'settings_of_number',
    text: `select set_config('app.organization_id',
        coalesce((select organization_id::text from platform.number_routes where e164 = $1), ''), true),
      set_config('app.role', 'system', true), set_config('app.user_id', '', true), set_config('app.now', $2, true)`,
    values: [e164, await nowOf(database)],
  };
  return tripOf<Row>(database, ['BEGIN', settings], statement);
}

async function tripOf<Row extends Record<string, unknown>>(
  database: Database,
  begin: (string | OneStatement)[],
  statement: OneStatement,
): Promise<Row[]> {
  const client: PoolClient = await database.pool.connect();
  try {
    inOneMessage(client);
    // All are sent before the first reply; a statement behind one that fails fails as well.
    const begun = begin.map((step) => (typeof step === 'string' ? client.query(step) : client.query(step)));
    const answer = client.query<Row>(statement);
    const [done, ...others] = await Promise.allSettled([answer, ...begun, client.query('COMMIT')]);
    for (const step of [...others, done]) if (step.status === 'rejected') throw step.reason;
    return done.status === 'fulfilled' ? done.value.rows : [];
  } finally {
    client.release();
  }
}

async function settingsOf(
  database: Database,
  { organizationId, userId, role }: TenantScope,
): Promise<string> {
  // Values are checked to be what they claim and then written into the text, so that begin and settings are one message.
  if (!uuidPattern.test(organizationId)) throw new Error('organizationId is not a UUID');
  if (userId != null && !uuidPattern.test(userId)) throw new Error('userId is not a UUID');
  if (!/^[a-z]+$/.test(role)) throw new Error('role is not a role');
  const now = await nowOf(database);
  const settings = { organization_id: organizationId, role, user_id: userId ?? '', now };
  // What is empty is so without being set.
  const set = Object.entries(settings)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `SET LOCAL app.${name} = '${value}'`);
  return ['BEGIN', ...set].join('; ');
}

/** Business time as a setting; empty where it is the transaction's own clock. */
async function nowOf(database: Database): Promise<string> {
  return database.clock === null ? '' : (await database.clock.now()).toISOString();
}

/**
 * What is asked of this connection within the present turn goes out as one message. Each message of its own wakes the
 * server's process, which costs more than most of the statements.
 */
function inOneMessage(client: PoolClient | pg.Client): void {
  const { stream } = (client as pg.Client as pg.Client & { connection: { stream: Duplex } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
