import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Comparison, Condition, ConditionValue } from '#domain/journey/condition.ts';
import { leadFields } from '#domain/journey/condition.ts';
import { checkLead } from './check-lead.ts';
import { createTouchBench } from './testing/touch-bench.ts';
import type { TouchBench } from './testing/touch-bench.ts';

let bench: TouchBench;
let lead: { organizationId: string; leadId: string };

beforeAll(async () => {
  bench = await createTouchBench();
  const organization = await bench.organization();
  lead = await organization.enrol();
  await bench.asOwner(
    `update leads set state = 'NY', postal_code = '10001', country = 'US', city = 'New York', company = 'Acme', source = 'fair',
       status = 'new', score = 70, tags = '{Hot,vip}', custom_fields = '{"plan": "Gold", "empty": ""}',
       stage_id = (select id from pipeline_stages s where s.organization_id = $1 and name = 'Contacted') where id = $2`,
    [lead.organizationId, lead.leadId],
  );
});
afterAll(() => bench.close());

const when = (field: string, is: Comparison, value?: ConditionValue): Condition => ({
  fact: 'lead',
  field,
  is,
  value,
});

const holding: Condition[] = [
  when('state', 'equals', 'ny'),
  when('postal_code', 'in', ['10001', '10002']),
  when('country', 'not_equals', 'CA'),
  when('city', 'contains', 'york'),
  when('company', 'exists'),
  when('source', 'equals', 'Fair'),
  when('status', 'equals', 'new'),
  when('stage', 'equals', 'contacted'),
  when('score', 'greater_than', 60),
  when('tags', 'contains', 'hot'),
  when('custom.plan', 'equals', 'gold'),
  when('custom.empty', 'exists', false),
  when('custom.missing', 'exists', false),
  // A field of nobody's, whatever the language says of objects.
  when('custom.constructor', 'exists', false),
  when('custom.__proto__', 'exists', false),
];

test('every field of a lead can be asked about, one answer a condition, in their order', async () => {
  const fields = holding.map((condition) => (condition.fact === 'lead' ? condition.field : ''));
  expect(fields).toEqual(expect.arrayContaining([...leadFields]));
  const conditions = holding.flatMap((condition) => [condition, when('state', 'equals', 'NJ')]);
  const answers = await checkLead(bench.deps)({ ...lead, conditions });
  expect(answers).toEqual(holding.flatMap(() => [true, false]));
});

test('a lead that is not there is a fault, which no retry mends', async () => {
  const { organizationId } = await bench.organization();
  const other = checkLead(bench.deps)({ organizationId, leadId: lead.leadId, conditions: [] });
  await expect(other).rejects.toMatchObject({ type: 'MISSING_ROW', nonRetryable: true });
});
