import type { QueryClient } from '@tanstack/react-query';
import {
  Outlet,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  useRouter,
} from '@tanstack/react-router';
import { ApiError } from './data/client.ts';
import { sessionQuery } from './data/queries.ts';
import { ErrorState, SkeletonPage } from './components/states.tsx';
import { readLeadSearch } from './lib/lead-filter.ts';
import type { LaunchSearch } from './pages/launch/whom.ts';
import { NotFound } from './pages/not-found.tsx';

/*
 * Every address of the product. Pages are loaded when they are first opened; what they filter by is in the address, so
 * that it can be shared and gone back to.
 */

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  validateSearch: (search): { from?: string } => text(search, ['from']),
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** Everything that needs a session; without one, the way leads over the sign-in and back. */
const memberRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'member',
  component: lazyRouteComponent(() => import('./components/shell/app-shell.tsx'), 'AppShell'),
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      const from = location.href === '/' ? undefined : location.href;
      throw redirect({ to: '/sign-in', search: { from } });
    }
  },
});

const launchRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/launch/launch-page.tsx'), 'LaunchPage'),
});

const newLaunchRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'launch',
  validateSearch: (search): LaunchSearch => ({
    ...readLeadSearch(search),
    ...text(search, ['filterId', 'into']),
  }),
  component: lazyRouteComponent(() => import('./pages/launch/new-launch-page.tsx'), 'NewLaunchPage'),
});

const importsRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'imports',
  component: lazyRouteComponent(() => import('./pages/imports/imports-page.tsx'), 'ImportsPage'),
});

const importRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'imports/$importId',
  component: lazyRouteComponent(() => import('./pages/imports/import-page.tsx'), 'ImportPage'),
});

const launchesRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'launches',
  component: lazyRouteComponent(() => import('./pages/launches/launches-page.tsx'), 'LaunchesPage'),
});

const launchDetailRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'launches/$launchId',
  validateSearch: (search): JourneySearch & { view?: 'refused' } => ({
    ...text(search, ['status', 'waitingFor', 'search']),
    ...(search.view === 'refused' ? { view: 'refused' } : {}),
  }),
  component: lazyRouteComponent(() => import('./pages/launches/launch-detail-page.tsx'), 'LaunchDetailPage'),
});

const journeysRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'journeys',
  validateSearch: (search): JourneySearch & { campaignId?: string } =>
    text(search, ['status', 'waitingFor', 'search', 'campaignId']),
  component: lazyRouteComponent(() => import('./pages/journeys/journeys-page.tsx'), 'JourneysPage'),
});

const journeyRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'journeys/$journeyId',
  component: lazyRouteComponent(() => import('./pages/journey/journey-page.tsx'), 'JourneyPage'),
});

const leadsRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'leads',
  validateSearch: readLeadSearch,
  component: lazyRouteComponent(() => import('./pages/leads/leads-page.tsx'), 'LeadsPage'),
});

const leadRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'leads/$leadId',
  component: lazyRouteComponent(() => import('./pages/lead/lead-page.tsx'), 'LeadPage'),
});

const boardRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'board',
  validateSearch: (search): { pipeline?: string; search?: string; stage?: string } =>
    text(search, ['pipeline', 'search', 'stage']),
  component: lazyRouteComponent(() => import('./pages/board/board-page.tsx'), 'BoardPage'),
});

const campaignsRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'campaigns',
  component: lazyRouteComponent(() => import('./pages/campaigns/campaigns-page.tsx'), 'CampaignsPage'),
});

const campaignRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'campaigns/$campaignId',
  validateSearch: (search): { version?: string } => text(search, ['version']),
  component: lazyRouteComponent(() => import('./pages/campaigns/campaign-page.tsx'), 'CampaignPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => memberRoute,
  path: 'settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage'),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/numbers', replace: true });
  },
});

const numbersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'numbers',
  component: lazyRouteComponent(() => import('./pages/settings/numbers-page.tsx'), 'NumbersPage'),
});

const dispositionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'dispositions',
  component: lazyRouteComponent(() => import('./pages/settings/dispositions-page.tsx'), 'DispositionsPage'),
});

const fieldsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'fields',
  component: lazyRouteComponent(() => import('./pages/settings/fields-page.tsx'), 'FieldsPage'),
});

const doNotCallRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'do-not-call',
  component: lazyRouteComponent(() => import('./pages/settings/do-not-call-page.tsx'), 'DoNotCallPage'),
});

const consentRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'consent',
  component: lazyRouteComponent(() => import('./pages/settings/consent-page.tsx'), 'ConsentPage'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  memberRoute.addChildren([
    launchRoute,
    newLaunchRoute,
    importsRoute,
    importRoute,
    launchesRoute,
    launchDetailRoute,
    journeysRoute,
    journeyRoute,
    leadsRoute,
    leadRoute,
    boardRoute,
    campaignsRoute,
    campaignRoute,
    settingsRoute.addChildren([
      settingsIndexRoute,
      numbersRoute,
      dispositionsRoute,
      fieldsRoute,
      doNotCallRoute,
      consentRoute,
    ]),
  ]),
]);

export type JourneySearch = { status?: string; waitingFor?: string; search?: string };

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: PageError,
    defaultPendingComponent: () => (
      <div className="p-8">
        <SkeletonPage />
      </div>
    ),
  });
}

declare module '@tanstack/react-router' {
  // The router's own name for it: pages and links are checked against these routes.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  /** What one page hands to the next without writing it into the address. */
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface HistoryState {
    /** Leads chosen one by one, to be launched. */
    leadIds?: string[];
  }
}

/** What is shown when a page cannot even begin: nobody answers, or its code could not be loaded. */
function PageError({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <ErrorState error={error} onRetry={() => void router.invalidate()} />
    </div>
  );
}

/** The named parameters of an address that hold a text; anything else in it is dropped. */
function text<K extends string>(search: Record<string, unknown>, names: readonly K[]) {
  const found: { [Name in K]?: string } = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === 'string' && value !== '') found[name] = value;
    else if (typeof value === 'number') found[name] = String(value);
  }
  return found;
}
