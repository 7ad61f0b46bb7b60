import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { parsePhone } from '#domain/phone.ts';
import { findLeadsToMerge, insertLeads, lockLeadMerging, updateLeads } from '#db/queries/lead-merge.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { invalid } from '../problem.ts';
import type { leadUpsertSchema } from '../schemas/lead.ts';
import { mergeLead } from './merge-lead.ts';

/**
 * Creates or updates one lead by the CRM's own id, by the same rule as an import.
 * @throws Problem 422 INVALID_PHONE
 */
export async function upsertLead(
  tx: TenantTransaction,
  organizationId: string,
  externalId: string,
  { defaultCountry, ...given }: z.output<typeof leadUpsertSchema>,
): Promise<{ leadId: string; created: boolean }> {
  const phone = parsePhone(given.phone, defaultCountry.toUpperCase());
  if (!phone.ok) throw invalid('phone', phone.code, phone.message);
  const lead = { ...given, externalId, phone: phone.e164, rawPhone: given.phone };
  await lockLeadMerging(tx);
  const [match] = await findLeadsToMerge(tx, [
    {
      key: 0,
      externalId,
      phone: lead.phone,
      firstName: given.firstName ?? '',
      lastName: given.lastName ?? '',
    },
  ]);
  const leadId = match?.id ?? randomUUID();
  const row = { id: leadId, ...mergeLead(match?.fields ?? null, lead) };
  await (match ? updateLeads(tx, [row]) : insertLeads(tx, organizationId, [row]));
  return { leadId, created: !match };
}
