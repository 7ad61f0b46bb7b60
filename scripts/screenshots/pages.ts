/** What the pictures' stack has to show, by id. */
export type Subjects = {
  leadId: string;
  journeyId: string;
  campaignId: string;
  launchId: string;
  importId: string;
  draftId: string;
};

export type PictureOf = {
  /** The picture's file is called so. */
  name: string;
  path: (subjects: Subjects) => string;
  /** Seen by somebody who is not signed in. */
  signedOut?: true;
};

/** Every page of the product. A new route is a new line. */
export const pages: PictureOf[] = [
  { name: 'sign-in', path: () => '/sign-in', signedOut: true },
  { name: 'start', path: () => '/' },
  { name: 'imports', path: () => '/imports' },
  { name: 'import-preview', path: ({ draftId }) => `/imports/${draftId}` },
  { name: 'import-done', path: ({ importId }) => `/imports/${importId}` },
  { name: 'new-launch', path: ({ importId }) => `/launch?importId=${importId}` },
  { name: 'launches', path: () => '/launches' },
  { name: 'launch', path: ({ launchId }) => `/launches/${launchId}` },
  { name: 'journeys', path: () => '/journeys' },
  { name: 'journey', path: ({ journeyId }) => `/journeys/${journeyId}` },
  { name: 'leads', path: () => '/leads' },
  { name: 'lead', path: ({ leadId }) => `/leads/${leadId}` },
  { name: 'board', path: () => '/board' },
  { name: 'campaigns', path: () => '/campaigns' },
  { name: 'campaign', path: ({ campaignId }) => `/campaigns/${campaignId}` },
  { name: 'numbers', path: () => '/settings/numbers' },
  { name: 'dispositions', path: () => '/settings/dispositions' },
  { name: 'fields', path: () => '/settings/fields' },
  { name: 'do-not-call', path: () => '/settings/do-not-call' },
  { name: 'consent', path: () => '/settings/consent' },
];
