import { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiDeps, ApiEnv } from './context.ts';
import { authenticate } from './middleware/auth.ts';
import { maxBody, mebibyte } from './middleware/body-size.ts';
import { answerProblem } from './middleware/problems.ts';
import { requests } from './middleware/request.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { openApiDocument } from './openapi.ts';
import { notFound } from './problem.ts';
import { createRouter } from './router.ts';
import { boardRoutes } from './routes/board.ts';
import { callbackRoutes } from './routes/callbacks.ts';
import { campaignPausingRoutes } from './routes/campaign-pausing.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { consentReviewRoutes } from './routes/consent-reviews.ts';
import { consentRoutes } from './routes/consents.ts';
import { dncImportRoutes } from './routes/dnc-imports.ts';
import { dncRoutes } from './routes/dnc.ts';
import { dispositionRoutes } from './routes/dispositions.ts';
import { docsRoutes } from './routes/docs.ts';
import { eventStreamRoutes } from './routes/event-stream.ts';
import { eventTypeRoutes } from './routes/event-types.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { importDetailRoutes } from './routes/import-details.ts';
import { importRoutes } from './routes/imports.ts';
import { journeyActionRoutes } from './routes/journey-actions.ts';
import { journeyDispositionRoutes } from './routes/journey-dispositions.ts';
import { journeyTemplateRoutes } from './routes/journey-templates.ts';
import { journeyWhyRoutes } from './routes/journey-why.ts';
import { journeyRoutes } from './routes/journeys.ts';
import { launchActionRoutes } from './routes/launch-actions.ts';
import { launchRoutes } from './routes/launches.ts';
import { leadStageRoutes } from './routes/lead-stage.ts';
import { leadRoutes } from './routes/leads.ts';
import { leadBlockRoutes } from './routes/lead-blocks.ts';
import { leadBulkRoutes } from './routes/lead-bulk.ts';
import { leadDuplicateRoutes } from './routes/lead-duplicates.ts';
import { leadExportRoutes } from './routes/lead-export.ts';
import { leadNoteRoutes } from './routes/lead-notes.ts';
import { leadTimelineRoutes } from './routes/lead-timeline.ts';
import { customFieldRoutes } from './routes/custom-fields.ts';
import { savedFilterRoutes } from './routes/saved-filters.ts';
import { numberRoutes } from './routes/numbers.ts';
import { pipelineStageRoutes } from './routes/pipeline-stages.ts';
import { pipelineRoutes } from './routes/pipelines.ts';
import { preflightRoutes } from './routes/preflight.ts';
import { refusalRoutes } from './routes/refusals.ts';
import { organizationRoutes } from './routes/organization.ts';
import { sessionRoutes } from './routes/session.ts';
import { templateRoutes } from './routes/templates.ts';
import { taskRoutes } from './routes/tasks.ts';
import { stopRoutes } from './routes/stops.ts';
import { twilioVoiceRoutes } from './routes/twilio-voice.ts';
import { twilioWebhookRoutes } from './routes/twilio-webhooks.ts';
import { versionRoutes } from './routes/versions.ts';
import { webRoutes } from './routes/web.ts';

export type App = ReturnType<typeof createApp>;

/** The whole HTTP interface; it opens no connection of its own and reads no environment. */
export function createApp(deps: ApiDeps, options: { webRoot?: string } = {}) {
  const app = new OpenAPIHono<ApiEnv>();
  app.onError(answerProblem);
  app.notFound((c) => answerProblem(notFound('route', 'ROUTE_NOT_FOUND'), c));
  app.use(requests(deps));
  app.use(securityHeaders({ https: deps.config.publicUrl.startsWith('https:') }));

  mountRoutes(app);
  let document: object | undefined;
  app.get('/openapi.json', (c) => c.json((document ??= openApiDocument(app))));
  app.route('/', docsRoutes());

  for (const prefix of ['/v1/*', '/webhooks/*', '/docs/*']) app.all(prefix, (c) => c.notFound());
  app.route('/', webRoutes(options.webRoot));
  return app;
}

/** All that the OpenAPI document describes. */
export function mountRoutes(app: OpenAPIHono<ApiEnv>): void {
  app.route('/', healthRoutes());
  app.route('/webhooks/twilio', twilioWebhookRoutes());
  app.route('/webhooks/twilio', twilioVoiceRoutes());
  app.route('/v1', v1Routes());
}

/** The routes under `/v1` with the types of what they take and answer: the typed client is made of it. */
export type Api = ReturnType<typeof v1Routes>;

/** Signing in stands before the sign-in; everything after it is behind it. One chain, because it carries the types. */
function v1Routes() {
  const v1 = createRouter();
  // Imported files have a limit of their own, in their routes.
  const large = new Set(['/v1/imports', '/v1/dnc/imports']);
  const small = maxBody(mebibyte);
  v1.use(async (c, next) => (large.has(c.req.path) ? next() : small(c, next)));
  const open = v1.route('/', sessionRoutes());
  open.use(authenticate);
  return (
    open
      // Before the routes by id: `export` is none.
      .route('/', leadExportRoutes())
      .route('/', leadRoutes())
      .route('/', leadBulkRoutes())
      .route('/', leadNoteRoutes())
      .route('/', leadBlockRoutes())
      .route('/', leadTimelineRoutes())
      .route('/', leadDuplicateRoutes())
      .route('/', savedFilterRoutes())
      .route('/', customFieldRoutes())
      .route('/', leadStageRoutes())
      .route('/', pipelineRoutes())
      .route('/', pipelineStageRoutes())
      .route('/', boardRoutes())
      .route('/', importRoutes())
      .route('/', importDetailRoutes())
      .route('/', campaignRoutes())
      .route('/', campaignPausingRoutes())
      .route('/', journeyTemplateRoutes())
      .route('/', versionRoutes())
      .route('/', preflightRoutes())
      .route('/', templateRoutes())
      .route('/', refusalRoutes())
      .route('/', launchRoutes())
      .route('/', launchActionRoutes())
      .route('/', journeyRoutes())
      .route('/', journeyActionRoutes())
      .route('/', journeyDispositionRoutes())
      .route('/', journeyWhyRoutes())
      .route('/', dispositionRoutes())
      .route('/', numberRoutes())
      .route('/', callbackRoutes())
      .route('/', taskRoutes())
      .route('/', stopRoutes())
      .route('/', consentRoutes())
      .route('/', consentReviewRoutes())
      .route('/', dncRoutes())
      .route('/', dncImportRoutes())
      .route('/', organizationRoutes())
      .route('/', eventRoutes())
      .route('/', eventTypeRoutes())
      .route('/', eventStreamRoutes())
  );
}
