/** `{{name}}` or `{{name|what to say without it}}`; a name holds letters, digits, `_`, `.` and `-`. */
const placeholder = /\{\{([^{}]*)\}\}/g;
const namePattern = /^[\w.-]+$/;

export type TemplateValues = Readonly<Record<string, string | number | null | undefined>>;

export type RenderedTemplate =
  | { ok: true; text: string }
  /** Names without value and fallback, and whatever stands in braces without being a name; each once. */
  | { ok: false; code: 'MISSING_VARIABLE'; variables: string[] };

/**
 * Fills in a template. An absent or blank value takes the fallback; without one the whole message is withheld, because
 * "Hi ," or "Hi {{first_name}}" is worse than none. Values are put in as they are, never read as templates themselves.
 */
export function renderTemplate(template: string, values: TemplateValues): RenderedTemplate {
  const missing = new Set<string>();
  const text = template.replace(placeholder, (_whole, inner: string) => {
    const { name, fallback } = readPlaceholder(inner);
    const value =
      namePattern.test(name) && Object.hasOwn(values, name) ? String(values[name] ?? '').trim() : '';
    if (value !== '') return value;
    if (fallback !== undefined && namePattern.test(name)) return fallback;
    missing.add(name);
    return '';
  });
  for (const brace of template.replace(placeholder, '').match(/\{\{|\}\}/g) ?? []) missing.add(brace);
  return missing.size > 0
    ? { ok: false, code: 'MISSING_VARIABLE', variables: [...missing] }
    : { ok: true, text };
}

export type TemplatePreview = Segments & {
  /** As it would go out; what is missing stands in it as it was written. */
  text: string;
  /** Names without value and fallback, each once: with any of them the message is withheld. */
  missing: string[];
  /** Every name that it uses, in order. */
  variables: string[];
};

/** What would become of a template with these values, also when it cannot be sent. */
export function previewTemplate(template: string, values: TemplateValues): TemplatePreview {
  const rendered = renderTemplate(template, values);
  const text = rendered.ok
    ? rendered.text
    : template.replace(placeholder, (whole) => {
        const part = renderTemplate(whole, values);
        return part.ok ? part.text : whole;
      });
  const missing = rendered.ok ? [] : rendered.variables;
  return { text, missing, variables: templateVariables(template), ...countSegments(text) };
}

/** The names that a template uses, each once, in order, also those with a fallback. */
export function templateVariables(template: string): string[] {
  return [
    ...new Set([...template.matchAll(placeholder)].map((match) => readPlaceholder(match[1] ?? '').name)),
  ];
}

function readPlaceholder(inner: string): { name: string; fallback: string | undefined } {
  const bar = inner.indexOf('|');
  if (bar < 0) return { name: inner.trim(), fallback: undefined };
  return { name: inner.slice(0, bar).trim(), fallback: inner.slice(bar + 1).trim() };
}

export type Segments = {
  encoding: 'GSM-7' | 'UCS-2';
  /** Septets in GSM-7 (a character of the extension table takes two), 16-bit units in UCS-2. */
  units: number;
  /** What the carrier bills: 160 or 70 units in one message, 153 or 67 in each part of a longer one. */
  segments: number;
};

/** 3GPP TS 23.038, 6.2.1: the default alphabet and, each behind an escape, its extension table. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('\f^{}\\[~]|€');

/**
 * How a text goes out. One character outside GSM-7 (an emoji, a curly quote) puts the whole text into UCS-2. An escaped
 * character or a surrogate pair is never cut in two by the end of a part. An empty text has no segment.
 */
export function countSegments(text: string): Segments {
  const characters = [...text];
  const gsm = characters.every((character) => basic.has(character) || extension.has(character));
  const sizes = characters.map((character) => (gsm ? (extension.has(character) ? 2 : 1) : character.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [single, part] = gsm ? [160, 153] : [70, 67];
  const encoding = gsm ? 'GSM-7' : 'UCS-2';
  if (units <= single) return { encoding, units, segments: units === 0 ? 0 : 1 };

  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > part) {
      segments++;
      used = 0;
    }
    used += size;
  }
  return { encoding, units, segments };
}
