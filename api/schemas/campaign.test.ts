import { describe, expect, it } from 'vitest';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import { campaignChangeSchema, newCampaignSchema } from './campaign.ts';

const fieldsInError = (settings: unknown) => {
  const parsed = campaignChangeSchema.safeParse({ settings });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
};

describe('settings', () => {
  it('that are not given have their defaults in a new campaign', () => {
    expect(newCampaignSchema.parse({ name: 'Autumn' }).settings).toEqual(defaultCampaignSettings);
    const hours = { 1: { from: '09:00', to: '18:00' }, 7: { from: '00:00', to: '24:00' } };
    expect(newCampaignSchema.parse({ name: 'Autumn', settings: { hours } }).settings).toEqual({
      ...defaultCampaignSettings,
      hours,
    });
  });

  it('that are not given are not in a change', () => {
    expect(campaignChangeSchema.parse({ settings: { holidays: ['2028-02-29'] } })).toEqual({
      settings: { holidays: ['2028-02-29'] },
    });
  });

  it.each([
    ['closed on all days', { hours: {} }],
    ['no hours of its own', { hours: null }],
    ['one day long', { startsOn: '2026-12-01', endsOn: '2026-12-01' }],
    ['without end', { startsOn: '2026-12-01', endsOn: null }],
    ['a policy', { resumePolicy: 'expire' }],
  ])('accepted: %s', (_name, settings) => {
    expect(fieldsInError(settings)).toEqual([]);
  });

  it.each([
    ['a time without its zero', { hours: { 1: { from: '9:00', to: '18:00' } } }, 'settings.hours.1.from'],
    ['a time that no clock shows', { hours: { 2: { from: '24:00', to: '24:00' } } }, 'settings.hours.2.from'],
    ['beyond midnight', { hours: { 3: { from: '09:00', to: '24:30' } } }, 'settings.hours.3.to'],
    ['an end that is missing', { hours: { 4: { from: '09:00' } } }, 'settings.hours.4.to'],
    ['turned round', { hours: { 5: { from: '18:00', to: '09:00' } } }, 'settings.hours.5.to'],
    ['of no length', { hours: { 5: { from: '09:00', to: '09:00' } } }, 'settings.hours.5.to'],
    ['an eighth day', { hours: { 8: { from: '09:00', to: '18:00' } } }, 'settings.hours'],
    ['a date as others write it', { holidays: ['2026-12-25', '24.12.2026'] }, 'settings.holidays.1'],
    ['a date that does not exist', { holidays: ['2027-02-29'] }, 'settings.holidays.0'],
    ['a first day that does not exist', { startsOn: '2026-13-01' }, 'settings.startsOn'],
    ['an end before the beginning', { startsOn: '2026-12-02', endsOn: '2026-12-01' }, 'settings.endsOn'],
    ['a policy of another name', { resumePolicy: 'forget' }, 'settings.resumePolicy'],
  ])('%s: the field is named', (_name, settings, field) => {
    expect(fieldsInError(settings)).toEqual([field]);
  });
});
