import { findRefusal } from '#domain/compliance/refusals.ts';

const numbers = new Intl.NumberFormat('en');

/** 12,345. */
export function formatCount(count: number): string {
  return numbers.format(count);
}

/** "1 lead", "12,345 leads". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A code as words: `no_answer` becomes "No answer"; a refusal's, `QUIET_HOURS`, what the list of refusals calls it. */
export function words(code: string): string {
  const refusal = findRefusal(code);
  if (refusal) return refusal.label;
  const text = code.replaceAll(/[_-]+/g, ' ').trim().toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Joins class names, leaving out what does not apply. */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}

/** How a lead is called when there may be no name. */
export function leadName(lead: { firstName: string; lastName: string; company: string | null }): string {
  const name = `${lead.firstName} ${lead.lastName}`.trim();
  return name || lead.company || 'No name';
}
