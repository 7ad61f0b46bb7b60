/** A custom field that the organisation defined; the type says which texts are values of it. */
export type FieldDefinition = {
  name: string;
  label: string;
  type: 'text' | 'number' | 'date' | 'boolean' | 'select';
  /** The choices of a `select`. */
  options: readonly string[];
};

/** What is wrong with a text as a value of that field, in a sentence for people; null = nothing. */
export function customFieldFault(field: FieldDefinition, value: string): string | null {
  switch (field.type) {
    case 'text':
      return null;
    case 'number':
      return Number.isFinite(Number(value)) && value.trim() !== ''
        ? null
        : `${field.label} must be a number.`;
    case 'date':
      return isDate(value) ? null : `${field.label} must be a date such as 2026-11-21.`;
    case 'boolean':
      return /^(true|false)$/i.test(value) ? null : `${field.label} must be true or false.`;
    case 'select':
      return field.options.includes(value)
        ? null
        : `${field.label} must be one of ${field.options.join(', ')}.`;
  }
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}
