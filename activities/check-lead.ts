import { sql } from 'drizzle-orm';
import { compare } from '#domain/journey/condition.ts';
import type { Condition, Fact } from '#domain/journey/condition.ts';
import { survivorOf } from '#db/queries/lead-union.ts';
import { rowsOf } from '#db/queries/rows.ts';
import { systemScope, withOrganization } from '#db/tenant.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { missingRow } from './failures.ts';

/** Which of a branch's conditions hold for the lead as it is now; the lead's fields themselves stay here. */
export function checkLead(deps: ActivityDependencies) {
  return async (request: {
    organizationId: string;
    leadId: string;
    conditions: Condition[];
  }): Promise<boolean[]> => {
    const [row] = await withOrganization(deps.database, systemScope(request.organizationId), (tx) =>
      rowsOf<{ facts: Record<string, Fact>; custom: Record<string, string> }>(
        tx,
        sql`
          select jsonb_build_object('state', l.state, 'postal_code', l.postal_code, 'country', l.country, 'city', l.city,
            'company', l.company, 'source', l.source, 'status', l.status, 'score', l.score, 'tags', to_jsonb(l.tags),
            'stage', (select s.name from pipeline_stages s where s.id = l.stage_id)) as facts,
            l.custom_fields as custom
          from leads l where l.id = ${survivorOf(request.leadId)}`,
      ),
    );
    if (!row) throw missingRow('The lead');
    const custom = Object.entries(row.custom).map(([name, value]) => [`custom.${name}`, value] as const);
    // A map, because a plain object has more names than the lead has fields.
    const facts = new Map<string, Fact>([...Object.entries(row.facts), ...custom]);
    return request.conditions.map(
      (condition) =>
        condition.fact === 'lead' &&
        compare(facts.get(condition.field) ?? null, condition.is, condition.value),
    );
  };
}
