import { afterAll, beforeAll, beforeEach } from 'vitest';
import { mintOrganization } from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { TestDatabase } from '#db/testing/test-database.ts';
import { createRecordingTemporal } from './recording-temporal.ts';
import { createTestApi } from './test-api.ts';
import type { Caller, TestApi } from './test-api.ts';

/**
 * For the tests of a file: a database and the API on it; for each of them a new organisation, made as `organization`
 * says, and `me`, a manager of it.
 */
export function useTestApi(organization: Parameters<typeof mintOrganization>[1] = {}) {
  let caller: Caller;
  const world = {
    temporal: createRecordingTemporal(),
    db: undefined as unknown as TestDatabase,
    api: undefined as unknown as TestApi,
    organizationId: '',
    me: ((...request) => caller(...request)) as Caller,
  };
  beforeAll(async () => {
    world.db = await createTestDatabase();
    world.api = createTestApi({ database: world.db.database, temporal: world.temporal.client });
  });
  afterAll(async () => {
    await world.api.stop();
    await world.db.close();
  });
  beforeEach(async () => {
    ({ organizationId: world.organizationId } = await mintOrganization(world.db.database, organization));
    caller = await world.api.as(world.organizationId, 'manager');
  });
  return world;
}
