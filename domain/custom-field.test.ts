import { expect, test } from 'vitest';
import { customFieldFault } from './custom-field.ts';
import type { CustomFieldType } from './custom-field.ts';

const options = ['gold', 'silver'];

test.each<[CustomFieldType, string[], string[]]>([
  ['text', ['', 'anything', '0'], []],
  [
    'number',
    ['', '0', '42', '-3.5', '+1', '007'],
    ['1,5', '1e3', ' 1', '.5', '5.', 'NaN', '0x10', '--1', '1'.repeat(21)],
  ],
  [
    'date',
    ['', '2026-11-21', '2024-02-29'],
    ['2026-02-29', '2026-13-01', '21.11.2026', '2026-11-21T00:00:00Z', '2026-1-1'],
  ],
  ['boolean', ['', 'true', 'FALSE'], ['yes', '1']],
  ['select', ['', 'gold'], ['Gold', 'bronze', 'gold,silver']],
])('a field of type %s takes and refuses', (type, taken, refused) => {
  const fault = (value: string) => customFieldFault({ name: 'f', label: 'Field', type, options }, value);
  for (const value of taken) expect([value, fault(value)]).toEqual([value, null]);
  for (const value of refused)
    expect([value, fault(value)]).toEqual([value, expect.stringMatching(/^Field must be/)]);
});
