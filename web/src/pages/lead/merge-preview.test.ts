import { expect, test } from 'vitest';
import type { Lead } from '../../data/types.ts';
import { mergePreview } from './merge-preview.ts';

const ada: Lead = {
  id: 'a',
  externalId: null,
  firstName: 'Ada',
  lastName: 'Lovelace',
  company: null,
  phone: '+12125550100',
  phoneFormatted: '(212) 555-0100',
  email: 'ada@example.com',
  address: null,
  city: null,
  state: null,
  postalCode: null,
  country: null,
  timeZones: [],
  source: null,
  status: 'new',
  stage: null,
  stageEnteredAt: null,
  blocked: false,
  score: null,
  customFields: { plan: 'Pro' },
  tags: ['vip'],
  createdAt: '2026-11-21T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:00.000Z',
};
const other: Lead = {
  ...ada,
  id: 'b',
  email: 'countess@example.com',
  company: 'Analytical Engines',
  customFields: { plan: 'Free', size: 'XL' },
  tags: ['vip', 'fair'],
  stage: { id: 's', name: 'Interested', color: '#000000' },
};
const labels: Record<string, string> = { plan: 'The plan' };
const labelOf = (name: string) => labels[name] ?? name;
const told = (label: string) => mergePreview(ada, other, labelOf).find((each) => each.label === label);

test('the survivor keeps its own, and what the duplicate had instead is told', () => {
  expect(told('E-mail')).toEqual({
    label: 'E-mail',
    result: 'ada@example.com',
    lost: 'countess@example.com',
    gained: false,
  });
  expect(told('The plan')).toMatchObject({ result: 'Pro', lost: 'Free' });
});

test('what the survivor lacks comes from the duplicate', () => {
  expect(told('Company')).toMatchObject({ result: 'Analytical Engines', lost: null, gained: true });
  expect(told('size')).toMatchObject({ result: 'XL', gained: true });
  expect(told('Stage')).toMatchObject({ result: 'Interested', gained: true });
});

test('tags are those of both, once; what neither has is not told', () => {
  expect(told('Tags')).toMatchObject({ result: 'vip, fair', gained: true });
  expect(told('City')).toBeUndefined();
  expect(
    mergePreview(ada, { ...ada, id: 'c' }, labelOf).every(({ gained, lost }) => !gained && lost === null),
  ).toBe(true);
});
