import { recordAuditAlone } from '#db/queries/audit.ts';
import { organizationIds } from '#db/queries/identity.ts';
import { readInstallationStop, setInstallationStop } from '#db/queries/pauses.ts';
import { systemScope } from '#db/tenant.ts';
import type { Database } from '#db/database.ts';
import type { SendingCommand } from './options.ts';

/**
 * Stops or frees the sending of every organisation, and says what came of it. The row comes first: it works at once. Then
 * every organisation's audit log is told, and after a resume `wake` is asked to wake its held journeys; if that fails,
 * they ask by themselves within six hours.
 */
export async function changeSending(
  database: Database,
  command: SendingCommand,
  wake: (organizationIds: string[]) => Promise<void>,
  say: (line: string) => void,
): Promise<void> {
  if (command.do !== 'status') {
    const changed = await setInstallationStop(
      database,
      command.do === 'stop' ? { change: 'stop' } : { change: 'resume', policy: command.policy },
    );
    if (!changed) say('It was so already.');
    const organizations = await organizationIds(database);
    if (changed) await audit(database, command, organizations);
    if (command.do === 'resume') {
      await wake(organizations).then(
        () => say(`Held journeys of ${organizations.length} organisations are being woken.`),
        (error: unknown) =>
          say(
            `Temporal cannot be reached (${error instanceof Error ? error.message : String(error)}): held journeys ask by ` +
              'themselves within six hours. Run the same again to wake them sooner.',
          ),
      );
    }
  }
  const since = await readInstallationStop(database);
  say(since === null ? 'Sending is free.' : `All sending is stopped since ${since}.`);
}

async function audit(
  database: Database,
  command: Exclude<SendingCommand, { do: 'status' }>,
  organizations: string[],
): Promise<void> {
  const actor = { userId: null, requestId: 'npm run sending' };
  for (const organizationId of organizations) {
    await recordAuditAlone(database, systemScope(organizationId), actor, {
      action: command.do === 'stop' ? 'installation.stop' : 'installation.resume',
      subjectType: 'installation',
      subjectId: organizationId,
      data: command.do === 'resume' ? { policy: command.policy } : {},
    });
  }
}
