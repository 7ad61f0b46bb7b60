/**
 * Every workflow id is built here from the business key, organisation first, so that a second start of the same thing
 * meets the first one, and so that an operator can filter by prefix. Ids carry no name and no phone number.
 */
export function journeyWorkflowId(key: {
  organizationId: string;
  campaignId: string;
  leadId: string;
}): string {
  return `${key.organizationId}/journey/${key.campaignId}/${key.leadId}`;
}

export function launchWorkflowId(key: { organizationId: string; launchId: string }): string {
  return `${key.organizationId}/launch/${key.launchId}`;
}

/** The answer to one text from outside: the same text asks for the same one. */
export function noticeWorkflowId(key: { organizationId: string; messageId: string }): string {
  return `${key.organizationId}/notice/${key.messageId}`;
}

export function callbackWorkflowId(key: { organizationId: string; callbackId: string }): string {
  return `${key.organizationId}/callback/${key.callbackId}`;
}

export function importWorkflowId(key: { organizationId: string; importId: string }): string {
  return `${key.organizationId}/import/${key.importId}`;
}
