import { customFieldFault } from '#domain/custom-field.ts';
import { fieldDefinitions } from '#db/queries/custom-fields.ts';
import type { TenantTransaction } from '#db/tenant.ts';
import { Problem } from '../problem.ts';

/**
 * Compares values with the fields that the organisation has defined; a name that it has not is free text. Null removes.
 * @throws Problem 422 VALIDATION_FAILED with every fault, each under `customFields.<name>`
 */
export async function requireFittingValues(
  tx: TenantTransaction,
  values: Record<string, string | null> | undefined,
): Promise<void> {
  if (values === undefined || Object.keys(values).length === 0) return;
  const definitions = await fieldDefinitions(tx);
  const errors = Object.entries(values).flatMap(([name, value]) => {
    const field = definitions.get(name);
    const fault = field && value !== null ? customFieldFault(field, value) : null;
    return fault === null ? [] : [{ field: `customFields.${name}`, code: 'INVALID_VALUE', message: fault }];
  });
  const [first] = errors;
  if (!first) return;
  const detail = errors.length === 1 ? `${first.field}: ${first.message}` : 'The input is not valid.';
  throw new Problem(422, 'VALIDATION_FAILED', detail, { field: first.field, errors });
}
