export * from './platform.ts';
export * from './organizations.ts';
export * from './leads.ts';
export * from './pipelines.ts';
export * from './campaigns.ts';
export * from './journeys.ts';
export * from './touches.ts';
export * from './events.ts';
