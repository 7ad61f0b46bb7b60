import type { Problem } from './problem.ts';

export function badDuration(stepId: string, field: string, value: unknown): Problem {
  const message = `"${String(value)}" is not a duration; write for example 30m, 4h, 1d or 1d12h`;
  return { stepId, field, code: 'BAD_DURATION', message };
}

export function badValue(stepId: string, field: string, message: string): Problem {
  return { stepId, field, code: 'BAD_VALUE', message: `${field} ${message}` };
}
