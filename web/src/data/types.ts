import type { Journey, TimelineItem } from '#api/schemas/journey.ts';
import type { Launch } from '#api/schemas/launch.ts';

/* What the API answers with, by the schemas that the API itself answers by. */

export type { Callback } from '#api/schemas/callback.ts';
export type { Campaign } from '#api/schemas/campaign.ts';
export type { Page } from '#api/schemas/common.ts';
export type { Change, Stats } from '#api/schemas/event.ts';
export type { ConsentReview } from '#api/schemas/consent.ts';
export type { Disposition } from '#api/schemas/disposition.ts';
export type { Journey, TimelineItem } from '#api/schemas/journey.ts';
export type { Launch, LaunchMember } from '#api/schemas/launch.ts';
export type { Lead } from '#api/schemas/lead.ts';
export type { Organization } from '#api/schemas/organization.ts';
export type { Resume } from '#api/schemas/pause.ts';
export type { Session } from '#api/schemas/session.ts';
export type { Task } from '#api/schemas/task.ts';
export type { Version } from '#api/schemas/version.ts';

export type LaunchStatus = Launch['status'];
export type WaitingFor = NonNullable<Journey['waitingFor']>;
export type TimelineMessage = NonNullable<TimelineItem['message']>;
export type TimelineCall = NonNullable<TimelineItem['call']>;
