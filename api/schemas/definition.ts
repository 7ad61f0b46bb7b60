import { z } from '@hono/zod-openapi';
import { callOutcomes } from '#domain/carrier-status.ts';
import { comparisons } from '#domain/journey/condition.ts';
import type { JourneyDefinition, StepKind } from '#domain/journey/definition.ts';

/*
 * The shape of a journey definition. What it means (a target that is missing, a loop without a wait, an unknown variable)
 * is judged by `domain/journey/validate.ts`, so that a draft may still have such faults.
 */

const stepId = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[\w-]+$/, 'must be letters, digits, _ and -');
const template = z.string().max(2000);
const duration = z
  .string()
  .min(1)
  .max(20)
  .openapi({ example: '4h', description: '90s, 30m, 4h, 1d or 1d12h.' });

const value = z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.string().max(500)).max(100)]);
const comparison = { is: z.enum(comparisons), value: value.optional() };

export const conditionSchema = z
  .discriminatedUnion('fact', [
    z.strictObject({ fact: z.literal('lead'), field: z.string().min(1).max(80), ...comparison }),
    z.strictObject({ fact: z.literal('last_disposition'), ...comparison }),
    z.strictObject({ fact: z.literal('last_reply'), ...comparison }),
    z.strictObject({ fact: z.literal('attempts'), step: stepId, ...comparison }),
  ])
  .openapi('Condition');

const outcomeTargets = z.strictObject(
  Object.fromEntries(callOutcomes.map((outcome) => [outcome, stepId.optional()])) as Record<
    (typeof callOutcomes)[number],
    z.ZodOptional<typeof stepId>
  >,
);

const stepSchemas = {
  sms: z.strictObject({
    id: stepId,
    kind: z.literal('sms'),
    body: template,
    urgent: z.boolean().optional(),
    shelfLife: z
      .strictObject({
        for: duration.optional(),
        until: z.string().max(40).optional().openapi({ example: '2026-12-24T18:00:00Z' }),
        onlyIf: conditionSchema.optional(),
      })
      .optional()
      .openapi({ description: 'How long the text is worth sending; after that it is skipped with EXPIRED.' }),
    next: stepId,
    onRefused: stepId.optional(),
  }),
  call: z.strictObject({
    id: stepId,
    kind: z.literal('call'),
    say: template,
    voicemail: template.optional(),
    maxAttempts: z.number().optional(),
    retryAfter: duration.optional(),
    retryOn: z.array(z.enum(callOutcomes)).optional(),
    on: outcomeTargets.optional(),
    next: stepId,
    onRefused: stepId.optional(),
  }),
  wait: z.strictObject({
    id: stepId,
    kind: z.literal('wait'),
    for: duration.optional(),
    until: z.strictObject({ time: z.string().max(5), days: z.number().optional() }).optional(),
    next: stepId,
  }),
  wait_for_reply: z.strictObject({
    id: stepId,
    kind: z.literal('wait_for_reply'),
    timeout: duration,
    onReply: stepId,
    onTimeout: stepId,
  }),
  branch: z.strictObject({
    id: stepId,
    kind: z.literal('branch'),
    cases: z.array(z.strictObject({ when: conditionSchema, next: stepId })).max(50),
    otherwise: stepId,
  }),
  set_stage: z.strictObject({
    id: stepId,
    kind: z.literal('set_stage'),
    stage: z.string().trim().min(1).max(100),
    autoCreate: z.boolean().optional(),
    next: stepId,
  }),
  disposition: z.strictObject({
    id: stepId,
    kind: z.literal('disposition'),
    disposition: z.string().trim().min(1).max(60),
    next: stepId,
  }),
  end: z.strictObject({ id: stepId, kind: z.literal('end'), reason: z.string().max(200).optional() }),
} satisfies Record<StepKind, z.ZodType>;

export const stepSchema = z
  .discriminatedUnion('kind', [
    stepSchemas.sms,
    stepSchemas.call,
    stepSchemas.wait,
    stepSchemas.wait_for_reply,
    stepSchemas.branch,
    stepSchemas.set_stage,
    stepSchemas.disposition,
    stepSchemas.end,
  ])
  .openapi('Step');

export const definitionSchema = z
  .strictObject({ start: stepId, steps: z.array(stepSchema).max(200) })
  .openapi('JourneyDefinition') satisfies z.ZodType<JourneyDefinition>;
