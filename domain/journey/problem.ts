/** A fault of a definition, told so that an editor can point at it. */
export type Problem = { stepId: string | null; field: string; code: ProblemCode; message: string };

export const problemCodes = [
  'NO_STEPS',
  'DUPLICATE_STEP_ID',
  'MISSING_TARGET',
  'UNREACHABLE_STEP',
  'LOOP_WITHOUT_WAIT',
  'NO_END',
  'UNKNOWN_VARIABLE',
  'UNKNOWN_FIELD',
  'BAD_TEMPLATE',
  'BAD_DURATION',
  'BAD_TIME',
  'BAD_VALUE',
] as const;
export type ProblemCode = (typeof problemCodes)[number];
