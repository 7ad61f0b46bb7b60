/** The text from a person that is answered; what it says and from whom it is stays in the database. */
export type NoticeInput = { organizationId: string; messageId: string };

/** The name under which clients start it. */
export const noticeWorkflow = 'notice';
