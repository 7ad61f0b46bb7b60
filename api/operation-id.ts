/**
 * What a generated client calls a route: method and path, and what an id names in the singular, so that
 * `POST /v1/campaigns/{id}/versions/{versionId}/publish` is `postCampaignVersionPublish`.
 */
export function operationId(method: string, path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== 'v1');
  const words = segments.flatMap((segment, index) => {
    if (segment.startsWith('{')) return [];
    const name = segments[index + 1]?.startsWith('{') ? singular(segment) : segment;
    return name.split(/[-.]/);
  });
  return method + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
}

function singular(plural: string): string {
  return plural.replace(/ies$/, 'y').replace(/s$/, '');
}
