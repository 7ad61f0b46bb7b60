import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTouchBench } from './testing/touch-bench.ts';
import type { TouchBench } from './testing/touch-bench.ts';

let bench: TouchBench;
beforeAll(async () => {
  // One connection, so that it knows every statement.
  bench = await createTouchBench({ poolSize: 1 });
});
afterAll(() => bench.close());

type Plan = {
  'Relation Name'?: string;
  'Index Cond'?: string;
  'Recheck Cond'?: string;
  'Node Type': string;
  Plans?: Plan[];
};

/** Tables that hold thousands of rows of one organisation. */
const large = ['leads', 'journeys', 'sms_messages', 'call_logs', 'consents', 'dnc_entries', 'lead_blocks'];

test('on a new database a touch reads the rows of its lead and not those of the organisation', async () => {
  const organization = await bench.organization();
  const lead = await organization.enrol();
  for (const stepId of ['text', 'urgent', 'call']) await bench.attempt(lead, stepId);

  const client = await bench.database.pool.connect();
  const scans: Plan[] = [];
  try {
    const known = await client.query<{ name: string; parameters: number }>(
      'select name, cardinality(parameter_types) as parameters from pg_prepared_statements',
    );
    await client.query('set plan_cache_mode = force_generic_plan');
    for (const { name, parameters } of known.rows) {
      const values = Array.from({ length: parameters }, () => 'null').join(', ');
      const text = `explain (format json) execute ${client.escapeIdentifier(name)}${values && `(${values})`}`;
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(text);
      collect(rows[0]!['QUERY PLAN'][0].Plan, scans);
    }
  } finally {
    client.release(true);
  }

  expect(new Set(scans.map((scan) => scan['Relation Name']))).toEqual(new Set(large));
  const tooWide = scans.filter((scan) => !(scan['Index Cond'] ?? scan['Recheck Cond'])?.includes(' AND '));
  expect(tooWide).toEqual([]);
});

/** Every place at which a plan reads one of the large tables. */
function collect(plan: Plan, found: Plan[]): void {
  const table = plan['Relation Name'];
  if (table && large.includes(table) && plan['Node Type'].includes('Scan')) found.push(plan);
  for (const part of plan.Plans ?? []) collect(part, found);
}
