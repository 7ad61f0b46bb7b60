import type { Canary } from './plant.ts';

/** Where a canary was found that must not be there. */
export type Sighting = { canary: string; where: string; excerpt: string };

/** Looks for all canaries in one text, in whatever way of writing they may have been carried along. */
export function createSearch(canaries: readonly Canary[]) {
  const patterns = canaries.map((canary) => ({ canary, pattern: patternOf(canary) }));
  return (where: string, text: string, except: readonly Canary['kind'][] = []): Sighting[] =>
    patterns.flatMap(({ canary, pattern }) => {
      if (except.includes(canary.kind)) return [];
      const hit = pattern.exec(text);
      if (hit === null) return [];
      const excerpt = text.slice(Math.max(0, hit.index - 80), hit.index + 80).replace(/\s+/g, ' ');
      return [{ canary: canary.name, where, excerpt }];
    });
}

/** As it is, in any case, in Base64 at any offset; a phone also with or without its country and with separators. */
function patternOf({ kind, value }: Canary): RegExp {
  const spellings = [escaped(value), ...base64Of(value).map(escaped)];
  if (kind === 'phone') {
    const national = value.slice(2);
    const [area, exchange, line] = [national.slice(0, 3), national.slice(3, 6), national.slice(6)];
    spellings.push(`(?<![0-9])(?:1[-. ]?)?\\(?${area}\\)?[-. ]*${exchange}[-. ]*${line}(?![0-9])`);
    spellings.push(...base64Of(national).map(escaped));
  }
  return new RegExp(spellings.join('|'), 'i');
}

/** What the middle of the value looks like in Base64, whatever stands before and behind it. */
function base64Of(value: string): string[] {
  return [0, 1, 2].map((offset) => {
    const text = Buffer.from(`${'x'.repeat(offset)}${value}`)
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(offset === 0 ? 0 : 4, -3);
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
