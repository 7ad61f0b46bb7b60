const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * What a TwiML document makes the caller hear, in order: the words of every `<Say>`, and `[plays URL]` for every
 * `<Play>`, wherever they stand. Anything that is not TwiML is silence.
 */
export function readTwiml(document: string): string[] {
  const xml = document.replace(/<!--[\s\S]*?-->/g, '');
  if (!/<Response[\s/>]/.test(xml)) return [];
  return [...xml.matchAll(/<(Say|Play)(?:\s[^>]*)?>([\s\S]*?)<\/\1>/g)].map(([, verb, content = '']) => {
    const text = unescapeXml(content.replace(/<[^>]*>/g, ''))
      .replace(/\s+/g, ' ')
      .trim();
    return verb === 'Play' ? `[plays ${text}]` : text;
  });
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hexadecimal, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hexadecimal) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return entities[name as string] ?? whole;
  });
}
