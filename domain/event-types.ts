/**
 * Every type of the change feed with its meaning: one list for the feed, its documents and whoever reads it. `leadId`,
 * `journeyId` and `launchId` stand beside a change where it is about one; what else it carries is said here.
 */
export const eventTypes = {
  'callback.cancelled': 'A promised call was called off.',
  'callback.kept': 'A promised call was made and the person reached (`late`).',
  'callback.missed': 'A promised call did not reach the person (`late`, `reason`).',
  'callback.scheduled': 'A call was promised, or its time was changed (`rescheduled`).',
  'call.updated': 'A call was placed, went on or ended.',
  'campaign.created': 'A campaign was made (`campaignId`).',
  'campaign.updated':
    'A campaign was changed, paused, resumed, or another version became its current one (`campaignId`).',
  'consent_review.opened': 'A reply may be a refusal; somebody has to read it.',
  'consent_review.resolved': 'Somebody has read such a reply.',
  'custom_field.updated': 'A field of your own was made or changed (`customFieldId`, `name`).',
  'disposition.applied': 'A disposition was applied to a lead (`disposition`, `setBy`).',
  'disposition.updated': 'A disposition was made, changed or archived (`disposition`).',
  'import.completed': 'An import has ended (`importId`, `status`, `rows`).',
  'import.updated': 'An import has begun or gone on (`importId`, `status`, `rows`).',
  'journey.updated': 'A journey has begun, come to a rest, or ended.',
  'launch.created': 'A launch was made.',
  'launch.updated': 'Leads of a launch were started or refused, or it was paused, resumed or cancelled.',
  'lead.blocked': 'A lead was blocked.',
  'lead.created': 'A lead was made.',
  'lead.deleted': 'A lead was deleted.',
  'lead.merged': 'Another lead was merged into this one, and is deleted (`duplicateId`).',
  'lead.note_added': 'A note about a lead was written.',
  'lead.note_changed': 'A note about a lead was changed.',
  'lead.note_deleted': 'A note about a lead was deleted.',
  'lead.stage_changed': 'A lead came into another stage (`fromStageId`, `toStageId`).',
  'lead.unblocked': 'A block of a lead was lifted.',
  'lead.updated': 'A lead was changed.',
  'message.received': 'A text came in.',
  'message.updated': 'The carrier has said what became of a text.',
  'number.updated': 'A number of yours was added or changed (`numberId`).',
  'organization.updated': 'The organisation’s settings were changed, or its sending stopped or released.',
  'pipeline.updated': 'A pipeline or its stages were made, changed, ordered or archived (`pipelineId`).',
  'saved_filter.updated': 'A saved filter was made, changed or deleted (`savedFilterId`).',
  'task.done': 'A task was done (`taskId`, `kind`).',
} as const satisfies Record<string, string>;

export type EventType = keyof typeof eventTypes;
