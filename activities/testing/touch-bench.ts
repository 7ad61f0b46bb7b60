import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type pg from 'pg';
import type { JourneyDefinition } from '#domain/journey/definition.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import type { TouchOutcome } from '#domain/journey/state.ts';
import type { Database } from '#db/database.ts';
import {
  mintCampaign,
  mintJourney,
  mintLead,
  mintOrganization,
  zoneWhereItIsNoon,
} from '#db/testing/factories.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import { createCounters } from '../counters.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { placeCall } from '../place-call.ts';
import { sendText } from '../send-text.ts';
import { createGrave, scriptCarrier } from './scripted-carrier.ts';

/** One text, one urgent text and one call. */
export const touches: JourneyDefinition = {
  start: 'text',
  steps: [
    { id: 'text', kind: 'sms', body: 'Hello {{first_name|there}}', next: 'urgent' },
    { id: 'urgent', kind: 'sms', body: 'Now, {{first_name|there}}', urgent: true, next: 'call' },
    { id: 'call', kind: 'call', say: 'Hello', next: 'end' },
    { id: 'end', kind: 'end' },
  ],
};

/** A fault that Temporal would retry is what these tests are about, and no news. */
const logger = new DefaultLogger('ERROR');

export type Attempted = TouchOutcome | { fault: string; retryAfterMs: number | null };

/**
 * The touch activities on a real database, with a carrier that follows a script and a clock that the test moves. What
 * Temporal does around them, trying again after a fault, the test does by hand.
 */
export async function createTouchBench(options: { poolSize?: number } = {}) {
  let now = new Date('2026-11-20T17:00:00Z');
  const clock = { now: async () => now };
  const test = await createTestDatabase({ clock, poolSize: options.poolSize ?? 10 });
  const grave = createGrave();
  const carrier = scriptCarrier(clock, grave.dead);
  const deps: ActivityDependencies = {
    database: test.database,
    messaging: carrier.messaging,
    voice: carrier.voice,
    // A touch never speaks to Temporal itself.
    temporal: undefined as never,
    taskQueue: 'none',
    publicUrl: 'https://leadway.test',
    settleMs: 15_000,
    ...createCounters(),
  };

  /** Dies where it would take its connection of that number; connections before it work. */
  function dyingAtConnection(number: number): Database {
    let taken = 0;
    const connect = () => {
      taken += 1;
      return taken >= number ? grave.dead : test.database.pool.connect();
    };
    return { ...test.database, pool: { connect } as unknown as pg.Pool };
  }

  type Key = { organizationId: string; journeyId: string };

  /** One attempt of the activity, as Temporal makes it. */
  async function attempt(key: Key, stepId: string, database = test.database): Promise<Attempted> {
    const request = { ...key, stepId, touchKey: `${stepId}:1`, attempt: 1 };
    const activity = (stepId === 'call' ? placeCall : sendText)({ ...deps, database });
    try {
      return await new MockActivityEnvironment({}, { logger }).run(activity, request);
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      return { fault: error.type ?? '', retryAfterMs: (error.nextRetryDelay as number | undefined) ?? null };
    }
  }

  return {
    ...test,
    deps,
    carrier,
    clock,
    attempt,
    later: (ms: number) => void (now = new Date(now.getTime() + ms)),
    /** An attempt whose process dies before it takes its connection of that number. */
    dieAtConnection: (key: Key, stepId: string, number: number) =>
      void attempt(key, stepId, dyingAtConnection(number)).catch(() => {}),
    /** An attempt of which the test expects nothing any more. */
    dieOnTheWire: (key: Key, stepId: string) => void attempt(key, stepId).catch(() => {}),
    /** As `attempt`, over and over as Temporal would, each after the wait that the fault asks for. */
    async persist(key: Key, stepId: string): Promise<{ outcome: TouchOutcome; faults: string[] }> {
      const faults: string[] = [];
      for (;;) {
        const result = await attempt(key, stepId);
        if ('outcome' in result) return { outcome: result, faults };
        faults.push(result.fault);
        if (faults.length > 50) throw new Error(`Without end: ${faults.join(', ')}`);
        now = new Date(now.getTime() + (result.retryAfterMs ?? 1_000));
      }
    },
    async organization(
      numbers?: Parameters<typeof mintOrganization>[1],
      settings?: Partial<CampaignSettings>,
    ) {
      const organization = await mintOrganization(test.database, numbers);
      const { organizationId } = organization;
      const campaign = await mintCampaign(test.database, organizationId, { definition: touches, settings });
      return {
        ...organization,
        ...campaign,
        /** A lead where it is noon, with a journey. */
        enrol: async (lead: { phone?: string; timeZones?: string[] } = {}) => {
          const values = { timeZones: [zoneWhereItIsNoon(now)], ...lead };
          const { leadId, phone } = await mintLead(test.database, organizationId, values);
          const { journeyId, launchId } = await mintJourney(test.database, organizationId, campaign, leadId);
          return { organizationId, journeyId, leadId, phone, launchId };
        },
      };
    },
    /** The ledger's rows of a journey, oldest first. */
    texts: (journeyId: string) =>
      test.asOwner('select * from sms_messages where journey_id = $1 order by created_at', [journeyId]),
    callRows: (journeyId: string) =>
      test.asOwner('select * from call_logs where journey_id = $1 order by created_at', [journeyId]),
    async close() {
      grave.bury();
      await new Promise((resolve) => setImmediate(resolve));
      await test.close();
    },
  };
}

export type TouchBench = Awaited<ReturnType<typeof createTouchBench>>;
