import { expect, test } from 'vitest';
import { operationId } from './operation-id.ts';

test.each([
  ['get', '/v1/campaigns', 'getCampaigns'],
  ['get', '/v1/campaigns/{id}', 'getCampaign'],
  ['post', '/v1/campaigns/{id}/versions/{versionId}/publish', 'postCampaignVersionPublish'],
  ['delete', '/v1/dnc-entries/{phone}', 'deleteDncEntry'],
  ['get', '/v1/imports/{id}/rejections.csv', 'getImportRejectionsCsv'],
  ['get', '/healthz', 'getHealthz'],
])('%s %s is %s', (method, path, id) => {
  expect(operationId(method, path)).toBe(id);
});
