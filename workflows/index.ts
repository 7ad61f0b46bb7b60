/** Every workflow of the product: the worker's only `workflowsPath`. */
export { callback } from './callback/callback.ts';
export { importLeads } from './import-leads/import-leads.ts';
export { launch } from './launch/launch.ts';
export { leadJourney } from './lead-journey/lead-journey.ts';
export { notice } from './notice/notice.ts';
export { tellJourneys } from './tell-journeys/tell-journeys.ts';
