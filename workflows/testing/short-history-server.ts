import { SearchAttributeType } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { searchAttributeNames } from '#domain/search-attributes.ts';
import { temporalCliPath } from '#scripts/tools.ts';
import { testNamespace } from '#scripts/temporal/time-skipping-server.ts';

/**
 * Temporal itself, told to suggest continuing as new after that many events instead of thousands. Its time is this
 * machine's. (The time-skipping server never suggests it.)
 */
export async function startShortHistoryServer(events: number) {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: temporalCliPath() },
      namespace: testNamespace,
      searchAttributes: searchAttributeNames.map((name) => ({ name, type: SearchAttributeType.KEYWORD })),
      extraArgs: ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${events}`],
      log: { format: 'pretty', level: 'error' },
    },
  });
  return {
    address: environment.address,
    connection: environment.connection,
    skip: (_ms: number): Promise<void> => Promise.reject(new Error('This server’s time cannot be skipped')),
    stop: () => environment.teardown(),
  };
}
