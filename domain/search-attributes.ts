/**
 * By what an operator finds journeys in Temporal Web. Ids and step names only: search attributes are not encrypted, so no
 * name and no phone number ever becomes one. `temporal-dev.yml` registers the same names.
 */
export const searchAttributeNames = [
  'OrganizationId',
  'CampaignId',
  'LaunchId',
  'LeadId',
  'JourneyStatus',
  'JourneyStep',
] as const;
export type SearchAttributeName = (typeof searchAttributeNames)[number];

const keyword = (name: SearchAttributeName) => ({ name, type: 'KEYWORD' as const });

export const organizationIdKey = keyword('OrganizationId');
export const campaignIdKey = keyword('CampaignId');
export const launchIdKey = keyword('LaunchId');
export const leadIdKey = keyword('LeadId');
export const journeyStatusKey = keyword('JourneyStatus');
export const journeyStepKey = keyword('JourneyStep');
