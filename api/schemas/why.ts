import { z } from '@hono/zod-openapi';
import { stepKinds } from '#domain/journey/definition.ts';
import { journeyStatuses } from '#domain/journey/state.ts';
import { id, instant } from './common.ts';
import { restKinds } from './journey.ts';

const localTimes = z
  .record(z.string(), z.string())
  .openapi({ example: { 'America/New_York': '2026-03-09 14:05' } });

const ruleSchema = z
  .object({
    code: z.string(),
    ruleVersion: z.string(),
    source: z.string().openapi({ description: 'The law or setting that it comes from.' }),
  })
  .openapi('RuleReference');

const versionRef = z.object({ id, number: z.int() });

const blockSchema = z
  .object({
    by: z.enum(['person', 'journey', 'gate']),
    code: z.string().openapi({
      description: 'Of the gate: a code of GET /v1/refusals. Else `paused`, or what the journey rests on.',
    }),
    label: z.string(),
    decision: z.enum(['wait', 'hold', 'refuse']).openapi({
      description: '`wait` until a time, `hold` until something changes, `refuse` for good.',
    }),
    message: z.string(),
    action: z.string().openapi({ description: 'What a person can do about it.' }),
    until: instant.nullable(),
    untilLocal: localTimes.openapi({
      description: 'The same on the clock of every zone the lead may be in.',
    }),
    rule: ruleSchema.nullable(),
  })
  .openapi('WhyNotYetBlock');

export const journeyWhySchema = z
  .object({
    at: instant.openapi({ description: 'Of when this is the truth.' }),
    status: z.enum(journeyStatuses),
    version: versionRef,
    stepId: z.string().nullable(),
    waitingFor: z.enum(restKinds).nullable(),
    waitingUntil: instant.nullable(),
    waitingUntilLocal: localTimes,
    nextTouch: z
      .object({
        stepId: z.string(),
        kind: z.enum(stepKinds),
        certain: z.boolean().openapi({ description: 'False: a reply that comes first leads elsewhere.' }),
      })
      .nullable()
      .openapi({ description: 'Null when there is none, or when a branch decides.' }),
    blocks: z.array(blockSchema).openapi({
      description:
        'Everything that is in its way now: a person, its own wait, and then what the gate would say, in its order.',
    }),
    notBefore: instant.nullable().openapi({
      description:
        'The latest of these times; null when there is none, or when something else must change first.',
    }),
  })
  .openapi('WhyNotYet');

export type JourneyWhy = z.infer<typeof journeyWhySchema>;

export const touchWhySchema = z
  .object({
    id,
    channel: z.enum(['sms', 'call']),
    kind: z.enum(['automated', 'confirmation', 'manual', 'callback']),
    state: z.enum(['reserved', 'sending', 'sent', 'refused', 'failed', 'unknown', 'received']),
    journeyId: id.nullable(),
    campaign: z.object({ id, name: z.string() }).nullable(),
    version: versionRef
      .nullable()
      .openapi({ description: 'Of the journey, published and never changed since.' }),
    stepId: z.string().nullable(),
    template: z
      .string()
      .nullable()
      .openapi({ description: "The step's words before the lead's fields were put in." }),
    text: z
      .string()
      .nullable()
      .openapi({ description: 'What was sent, or would have been; null for a call.' }),
    refusal: z
      .object({ code: z.string(), label: z.string(), message: z.string(), action: z.string().nullable() })
      .nullable(),
    errorCode: z.string().nullable().openapi({ description: "The carrier's." }),
    decidedAt: instant.openapi({ description: 'When the gate decided.' }),
    consent: z
      .object({
        id,
        kind: z.enum(['opt_in', 'opt_out']),
        channel: z.string(),
        source: z.string(),
        text: z.string().nullable(),
        at: instant,
      })
      .nullable()
      .openapi({ description: 'The word of the consent ledger that ruled then; null = there was none.' }),
    dnc: z.object({
      lists: z
        .array(z.object({ list: z.string(), scrubbedOn: z.string().nullable() }))
        .nullable()
        .openapi({ description: 'Lists looked at, with the day of each copy; null = not on record.' }),
      found: z.array(z.object({ list: z.string(), at: instant })).openapi({
        description: 'Lists that had the number then.',
      }),
    }),
    hours: z
      .object({
        localTimes,
        states: z.array(z.string()),
        rules: z.array(ruleSchema),
      })
      .nullable()
      .openapi({ description: 'Zones, states and rules that were considered; null = not on record.' }),
    number: z
      .object({
        e164: z.string(),
        because: z.string().openapi({ description: '`conversation`, `local_presence` or `least_used`.' }),
      })
      .nullable(),
    requests: z.int().openapi({ description: 'Requests made to the carrier.' }),
    history: z.array(
      z.object({
        at: instant,
        by: z.enum(['ledger', 'carrier']),
        status: z.string(),
        errorCode: z.string().nullable(),
      }),
    ),
  })
  .openapi('WhyTouch');

export type TouchWhy = z.infer<typeof touchWhySchema>;
