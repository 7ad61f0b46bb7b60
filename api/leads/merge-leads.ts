import { plausibleZones } from '#domain/compliance/lead-zones.ts';
import { recordAudit } from '#db/queries/audit.ts';
import type { Actor } from '#db/queries/audit.ts';
import { giveToSurvivor, lockTwoLeads, uniteLeads } from '#db/queries/lead-union.ts';
import type { TwoLeads } from '#db/queries/lead-union.ts';
import { updateLead } from '#db/queries/lead-writes.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { Problem, invalid, notFound } from '../problem.ts';

/**
 * Makes two leads one: the survivor keeps what it has, and is given what the duplicate has besides.
 * @throws Problem 404 LEAD_NOT_FOUND for either, 422 SAME_LEAD
 */
export async function mergeLeads(
  tx: TenantTransaction,
  organizationId: string,
  leads: TwoLeads,
  actor: Actor,
): Promise<void> {
  const { survivor, duplicate } = await lockTwoLeads(tx, leads);
  if (!survivor) throw notFound('lead');
  if (leads.leadId === leads.duplicateId) {
    throw invalid('duplicateId', 'SAME_LEAD', 'A lead cannot be merged with itself.');
  }
  if (!duplicate) {
    const detail = 'There is no such lead to merge.';
    throw new Problem(404, 'LEAD_NOT_FOUND', detail, { field: 'duplicateId' });
  }
  await giveToSurvivor(tx, leads);
  const united = uniteLeads(survivor, duplicate);
  // A number and an address each narrow where somebody may be.
  const { zones } = plausibleZones(united);
  await updateLead(tx, leads.leadId, { ...united, timeZones: zones }, { untold: true });
  await recordAudit(tx, organizationId, actor, {
    action: 'lead.merge',
    subjectType: 'lead',
    subjectId: leads.leadId,
    data: { duplicateId: leads.duplicateId },
  });
}
