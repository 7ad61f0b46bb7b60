import { createRoute } from '@hono/zod-openapi';
import { previewTemplate } from '#domain/template.ts';
import { readTemplateValues } from '#db/queries/template-values.ts';
import { notFound } from '../problem.ts';
import { createRouter } from '../router.ts';
import { templateBody, templatePreviewSchema } from '../schemas/template.ts';
import { body, json, problems, security, signedIn } from './describe.ts';

const preview = createRoute({
  method: 'post',
  path: '/templates/preview',
  tags: ['Templates'],
  summary: 'Show a text as a lead would get it, with its segments',
  security,
  request: { body: body(templateBody) },
  responses: {
    200: json(templatePreviewSchema, 'The text, what is missing, and what it costs.'),
    ...signedIn,
    ...problems({ 404: ['LEAD_NOT_FOUND', 'CAMPAIGN_NOT_FOUND'], 422: ['VALIDATION_FAILED'] }),
  },
});

export function templateRoutes() {
  return createRouter().openapi(preview, async (c) => {
    const { body: template, leadId = null, campaignId = null, variables = {} } = c.req.valid('json');
    const asked = { leadId, campaignId };
    const { values, found } = await readTemplateValues(c.var.deps.database, c.var.scope, asked);
    if (leadId !== null && !found.lead) throw notFound('lead');
    if (campaignId !== null && !found.campaign) throw notFound('campaign');
    return c.json(previewTemplate(template, { ...values, ...variables }), 200);
  });
}
