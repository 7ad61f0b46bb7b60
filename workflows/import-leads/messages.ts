export type ImportLeadsInput = { organizationId: string; importId: string };

/** The name under which clients start it. */
export const importLeadsWorkflow = 'importLeads';
