import { useTestApi } from './use-test-api.ts';

export const header = 'first_name,last_name,phone,email\n';
export const ada = 'Ada,Lovelace,(504) 621-8927,ada@example.com\n';

/** `useTestApi` with what the tests of imports look at. */
export function useImportApi() {
  const world = useTestApi({ numbers: [] });
  return Object.assign(world, {
    leads: async () => (await world.me('/v1/leads?limit=200')).body.items as any[],
    rejectionsOf: async ({ id }: { id: string }) =>
      (await world.me(`/v1/imports/${id}/rejections?limit=200`)).body.items as any[],
    /** How many leads, imports, members and events there are; news of an import under way come as often as they come. */
    async everything() {
      const counts = await Promise.all(
        ['leads', 'imports', 'import_members', 'events'].map((table) =>
          world.db.asOwner<{ count: number }>(
            `select count(*)::int as count from ${table} where organization_id = $1
             ${table === 'events' ? "and type <> 'import.updated'" : ''}`,
            [world.organizationId],
          ),
        ),
      );
      return counts.map(([row]) => row!.count);
    },
  });
}
