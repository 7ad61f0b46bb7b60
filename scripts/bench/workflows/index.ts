/** Every workflow that a bench run needs: the product's own, and its peers. */
export * from '#workflows/index.ts';
export { fanOut } from './fan-out.ts';
export { leadRecord } from './lead-record.ts';
export { plainJourney } from './plain-journey.ts';
export { resident } from './resident.ts';
export { shortSteps } from './short-steps.ts';
