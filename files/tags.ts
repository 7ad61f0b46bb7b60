/** Tags as one cell: separated by semicolons, or, where a tag itself could not stand so, as a JSON list. */
export function writeTags(tags: readonly string[]): string {
  const isPlain = (tag: string) => tag !== '' && tag === tag.trim() && !/[;|,[\]]/.test(tag);
  return tags.every(isPlain) ? tags.join(';') : JSON.stringify(tags);
}

/** The tags of a cell, each once: separated by semicolon, bar or comma, or a JSON list. */
export function readTags(cell: string): string[] {
  const tags = listed(cell) ?? cell.split(/[;|,]/).map((tag) => tag.trim());
  return [...new Set(tags)].filter((tag) => tag !== '');
}

function listed(cell: string): string[] | null {
  if (!cell.startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(cell);
    return Array.isArray(list) && list.every((tag) => typeof tag === 'string') ? list : null;
  } catch {
    return null;
  }
}
