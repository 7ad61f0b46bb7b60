import { randomUUID } from 'node:crypto';
import { hashApiKey, newApiKey } from '#db/api-keys.ts';
import type { Database } from '#db/database.ts';
import { apiKeys } from '#db/schema/platform.ts';
import { mintOrganization } from '#db/testing/factories.ts';
import type pg from 'pg';

export const crowdSize = 100_000;
const neighbours = 3;
const neighbourSize = 10_000;

/** An organisation with many leads, and whoever may ask for all of it. */
export type Crowd = { organizationId: string; apiKey: string };

/** The organisation that is measured, and smaller ones in the same tables. The planner knows all of them. */
export async function mintCrowd(database: Database, owner: pg.Pool): Promise<Crowd> {
  const { organizationId } = await mintOrganization(database);
  await mintLeads(owner, organizationId, crowdSize);
  for (let nr = 0; nr < neighbours; nr += 1) {
    const neighbour = await mintOrganization(database);
    await mintLeads(owner, neighbour.organizationId, neighbourSize);
  }
  await owner.query('vacuum analyze leads');
  const apiKey = newApiKey();
  await database.platform
    .insert(apiKeys)
    .values({ keyHash: hashApiKey(apiKey), organizationId, name: `Bench ${randomUUID()}`, role: 'owner' });
  return { organizationId, apiKey };
}

const firstNames =
  'John Mary James Patricia Robert Jennifer Michael Linda David Elizabeth José Zoë Ada Alan Grace Linus Margaret Dennis Ken Barbara Radia Edsger Donald Frances Katherine Annie Hedy Tim Vint Sophie';
const lastNames =
  'Smith Johnson Williams Brown Jones García Miller Davis Rodríguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson';
const endings = ', son, er, ic, ova, man, ski, berg, ton, sen';

/** Names, companies and numbers as they are spread among people: some common, some rare. */
async function mintLeads(owner: pg.Pool, organizationId: string, count: number): Promise<void> {
  await owner.query(
    `with words as (
       select string_to_array($3, ' ') as first, string_to_array($4, ' ') as last, string_to_array($5, ', ') as ending,
         array['Acme', 'Globex', 'Initech', 'Umbrella', 'Hooli', 'Vehement', 'Massive', 'Soylent', 'Stark', 'Wayne'] as firm,
         (select array_agg(id order by position) from pipeline_stages where organization_id = $1) as stage),
     people as (
       select nr, w.first[1 + hash(nr, 1) % 30] as first, w.last[1 + hash(nr, 2) % 30] || w.ending[1 + hash(nr, 3) % 10] as last,
         w.firm[1 + hash(nr, 4) % 10] || ' ' || hash(nr, 5) % 500 as company, hash(nr, 6) as luck,
         case when hash(nr, 7) % 3 > 0 then w.stage[1 + hash(nr, 8) % cardinality(w.stage)] end as stage_id
       from words w, generate_series(1, $2::int) nr)
     insert into leads (organization_id, external_id, first_name, last_name, company, phone, raw_phone, email, state, country,
       time_zones, source, status, stage_id, stage_entered_at, custom_fields, tags, created_at, updated_at)
     select $1, 'crm-' || nr, first, last, company, '+1' || 2012000000 + nr::bigint * 7919, '', lower(first || '.' || last || nr) || '@example.com',
       (array['LA', 'NY', 'CA', 'TX', 'FL'])[1 + luck % 5], 'US', array['America/Chicago'],
       (array['fair', 'web', 'list', 'partner'])[1 + luck % 4],
       case when luck % 500 = 0 then 'won' else (array['new', 'contacted', 'interested', 'lost'])[1 + luck % 4] end,
       stage_id, case when stage_id is not null then now() - luck % 100000 * interval '1 minute' end,
       jsonb_build_object('plan', (array['gold', 'silver', 'bronze'])[1 + luck % 3]),
       case when luck % 300 = 0 then array['vip', 'hot'] when luck % 3 = 0 then array['hot'] else '{}' end,
       now() - nr * interval '1 minute', now() - luck % 100000 * interval '1 minute'
     from people`.replaceAll(/hash\(nr, (\d)\)/g, '(hashint8(nr::bigint * 10 + $1) & 2147483647)'),
    [organizationId, count, firstNames, lastNames, endings],
  );
}
