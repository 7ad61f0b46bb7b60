import { assertNever } from './assert-never.ts';

export const customFieldTypes = ['text', 'number', 'date', 'boolean', 'select'] as const;
export type CustomFieldType = (typeof customFieldTypes)[number];

/** A custom field that the organisation defined; the type says which texts are values of it. */
export type FieldDefinition = {
  name: string;
  label: string;
  type: CustomFieldType;
  /** The choices of a `select`. */
  options: readonly string[];
};

/**
 * What is wrong with a text as a value of that field, in a sentence for people; null = nothing. An empty text is no value,
 * of whatever type. Numbers are written with a point, dates as YYYY-MM-DD (ISO 8601).
 */
export function customFieldFault(field: FieldDefinition, value: string): string | null {
  if (value === '') return null;
  const { label, options, type } = field;
  switch (type) {
    case 'text':
      return null;
    case 'number':
      return /^[+-]?\d{1,20}(\.\d{1,20})?$/.test(value) ? null : `${label} must be a number like 42 or -3.5.`;
    case 'date':
      return isDay(value) ? null : `${label} must be a date such as 2026-11-21.`;
    case 'boolean':
      return /^(true|false)$/i.test(value) ? null : `${label} must be true or false.`;
    case 'select':
      return options.includes(value) ? null : `${label} must be one of ${options.join(', ')}.`;
    default:
      return assertNever(type);
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  // 31 April would become 1 May.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
