/** Every workflow of the product: the worker's only `workflowsPath`. */
export { launch } from './launch/launch.ts';
export { leadJourney } from './lead-journey/lead-journey.ts';
export { tellJourneys } from './tell-journeys/tell-journeys.ts';
