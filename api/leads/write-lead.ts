import type { z } from 'zod';
import { parsePhone } from '#domain/phone.ts';
import type { Actor } from '#db/queries/audit.ts';
import { recordAudit } from '#db/queries/audit.ts';
import {
  claimExternalId,
  findByExternalId,
  insertLead,
  lockLead,
  updateLead,
} from '#db/queries/lead-writes.ts';
import type { WritableLead } from '#db/queries/lead-writes.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { Problem, invalid, notFound } from '../problem.ts';
import type { leadChangeSchema, newLeadSchema } from '../schemas/lead.ts';
import { requireFittingValues } from './custom-values.ts';
import { mergeLead } from './merge-lead.ts';

/**
 * Creates a lead, whoever else has its number.
 * @throws Problem 422 INVALID_PHONE or VALIDATION_FAILED, 409 DUPLICATE_LEAD when its external id is another's
 */
export async function createLead(
  tx: TenantTransaction,
  organizationId: string,
  given: z.output<typeof newLeadSchema>,
  actor: Actor,
): Promise<string> {
  const { phone, defaultCountry, status = 'new', ...fields } = given;
  await requireFittingValues(tx, given.customFields);
  const lead = mergeLead(null, { ...fields, ...numberOf(phone, defaultCountry) });
  const id = await insertLead(tx, organizationId, { ...lead, status });
  if (id === null) throw await duplicate(tx, given.externalId!);
  await recordAudit(tx, organizationId, actor, { action: 'lead.create', subjectType: 'lead', subjectId: id });
  return id;
}

/**
 * Changes what is given of a lead; a custom field that is given as null is removed.
 * @throws Problem 404 LEAD_NOT_FOUND, and as `createLead`
 */
export async function changeLead(
  tx: TenantTransaction,
  organizationId: string,
  id: string,
  given: z.output<typeof leadChangeSchema>,
  actor: Actor,
): Promise<void> {
  const existing = await lockLead(tx, id);
  if (!existing) throw notFound('lead');
  const { phone, defaultCountry, status = existing.status, customFields = {}, ...fields } = given;
  await requireFittingValues(tx, customFields);
  if (given.externalId != null && given.externalId !== existing.externalId) {
    const owner = await claimExternalId(tx, given.externalId);
    if (owner !== null) throw duplicateOf(owner);
  }
  const number = phone === undefined ? existing : numberOf(phone, defaultCountry);
  const merged = mergeLead(existing, { ...fields, phone: number.phone, rawPhone: number.rawPhone });
  const lead: WritableLead = {
    ...merged,
    customFields: withValues(existing.customFields, customFields),
    status,
  };
  const changed = await updateLead(tx, id, lead);
  if (!changed) return;
  await recordAudit(tx, organizationId, actor, { action: 'lead.update', subjectType: 'lead', subjectId: id });
}

function numberOf(raw: string, defaultCountry: string): { phone: string; rawPhone: string } {
  const parsed = parsePhone(raw, defaultCountry.toUpperCase());
  if (!parsed.ok) throw invalid('phone', parsed.code, parsed.message);
  return { phone: parsed.e164, rawPhone: raw };
}

function withValues(
  existing: Record<string, string>,
  given: Record<string, string | null>,
): Record<string, string> {
  const all: Record<string, string | null> = { ...existing, ...given };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

async function duplicate(tx: TenantTransaction, externalId: string): Promise<Problem> {
  return duplicateOf((await findByExternalId(tx, externalId))!);
}

function duplicateOf(leadId: string): Problem {
  const detail = 'Another lead has this external id already.';
  return new Problem(409, 'DUPLICATE_LEAD', detail, { field: 'externalId', extensions: { leadId } });
}
