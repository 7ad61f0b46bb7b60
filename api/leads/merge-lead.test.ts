import { expect, test } from 'vitest';
import { mergeLead } from './merge-lead.ts';

const ada = mergeLead(null, {
  phone: '+15046218927',
  rawPhone: '504-621-8927',
  firstName: 'Ada',
  state: 'LA',
  customFields: { plan: 'gold' },
  tags: ['a'],
});

test('a new lead has what is given, nothing else, and its zones', () => {
  expect(ada).toMatchObject({ lastName: '', email: null, timeZones: ['America/Chicago'], tags: ['a'] });
});

test('what is not said stays; null empties; custom fields are added to; tags are replaced', () => {
  const merged = mergeLead(ada, {
    phone: ada.phone,
    rawPhone: ada.rawPhone,
    firstName: undefined,
    state: null,
    customFields: { size: '12' },
    tags: ['b'],
  });
  expect(merged).toMatchObject({
    firstName: 'Ada',
    state: null,
    customFields: { plan: 'gold', size: '12' },
    tags: ['b'],
  });
});

test('the zones follow from number and address together', () => {
  const moved = mergeLead(ada, { phone: '+15046218927', rawPhone: 'x', state: 'CA', postalCode: '90210' });
  expect(moved.timeZones.toSorted()).toEqual(['America/Chicago', 'America/Los_Angeles']);
  const renumbered = mergeLead(moved, { phone: '+13105550119', rawPhone: 'x' });
  expect(renumbered.timeZones).toEqual(['America/Los_Angeles']);
});
