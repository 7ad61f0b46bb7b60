import { areaCodeOf, isE164 } from '#domain/phone.ts';
import type { CampaignSettings } from '#domain/campaign.ts';
import { defaultCampaignSettings } from '#domain/campaign.ts';
import { plausibleStates } from '#domain/compliance/contact-hours.ts';
import type { GateFacts } from '#domain/compliance/gate.ts';
import type { ResumePolicy } from '#domain/compliance/pauses.ts';
import type { TouchReasons } from '#domain/compliance/touch-reasons.ts';
import { numbersOf } from '#domain/dialing/routing.ts';
import type { OwnNumber } from '#domain/dialing/routing.ts';
import type { Step } from '#domain/journey/definition.ts';
import { organizationSettings } from '#domain/organization.ts';
import type { OrganizationSettings, StoredOrganizationSettings } from '#domain/organization.ts';
import type { TouchState } from '../schema/touches.ts';
import type { TenantTransaction } from '../tenant.ts';
import { templateValues } from './contact-facts.ts';
import { factsStatement, laneLock } from './gate-statement.ts';
import type { Channel, TouchSubject } from './gate-statement.ts';
import { preparedRowsOf } from './rows.ts';

/** A touch that stands in the ledger already, from an earlier attempt of the same step execution. */
export type StandingTouch = {
  id: string;
  state: TouchState;
  refusalCode: string | null;
  errorCode: string | null;
  ourNumber: string | null;
  /** Whether it was reserved, and so counted against its number, on today's date. */
  reservedToday: boolean;
  requests: number;
  sendingAt: Date | null;
  body: string | null;
};

export type TouchContext = {
  now: Date;
  leadId: string;
  journeyId: string | null;
  callbackId: string | null;
  campaignId: string | null;
  phone: string;
  /** Null when no step of a journey asks for it. */
  step: Step | null;
  /** Values for the step's templates. */
  variables: Record<string, string>;
  standing: StandingTouch | null;
  gate: Omit<GateFacts, 'channel' | 'urgent' | 'expiresAt'>;
  /** What goes on record beside the decision. */
  record: Pick<TouchReasons, 'consent' | 'dncLists' | 'versionId'>;
  /** It was sent away with a place in the queue of the numbers' rates, and that place has come. */
  queued: boolean;
  organization: OrganizationSettings;
};

type Row = {
  now: string;
  lead_id: string;
  journey_id: string | null;
  callback_id: string | null;
  campaign_id: string | null;
  version_id: string | null;
  phone: string;
  state: string | null;
  postal_code: string | null;
  country: string | null;
  time_zones: string[];
  variables: Record<string, string | null>;
  custom_fields: Record<string, string>;
  step: Step | null;
  settings: Partial<CampaignSettings>;
  organization_settings: StoredOrganizationSettings;
  sending_stopped: boolean;
  campaign_paused: boolean;
  launch_paused: boolean;
  launch_cancelled: boolean;
  lead_blocked: boolean;
  on_dnc: boolean;
  dnc_lists: { list: string; scrubbedOn: string | null }[];
  consent: { id: string; kind: 'opt_in' | 'opt_out'; source: string; at: string } | null;
  consent_unclear: boolean;
  last_text_at: string | null;
  last_reply_at: string | null;
  touches: { channel: Channel; at: string }[];
  conversation_until: string | null;
  wait_from: string | null;
  wait_until: string | null;
  waiting_code: string | null;
  pauses: { beganAt: string; endedAt: string | null; policy: ResumePolicy }[];
  conversation_number: string | null;
  numbers: OwnNumber[];
  carrier_open_until: string | null;
  standing: (Omit<StandingTouch, 'sendingAt'> & { sendingAt: string | null }) | null;
};

/**
 * Locks the lane (organisation and phone) until the transaction ends and reads, behind the lock, everything that the
 * gate judges. Two statements in one round trip. Null when the journey or callback does not exist.
 */
export async function lockLaneAndReadFacts(
  tx: TenantTransaction,
  touch: { subject: TouchSubject; touchKey: string; channel: Channel },
): Promise<TouchContext | null> {
  // Sent together: the second statement takes its snapshot only after the first has the lock.
  const [, row] = await Promise.all([preparedRowsOf(tx, laneLock(touch.subject)), readRow(tx, touch)]);
  return row && contextOf(row, touch.subject);
}

/** The same facts without the lock, for whoever asks why a touch does not go out. They may be old in a moment. */
export async function readFacts(
  tx: TenantTransaction,
  touch: { subject: TouchSubject; touchKey: string; channel: Channel },
): Promise<TouchContext | null> {
  const row = await readRow(tx, touch);
  return row && contextOf(row, touch.subject);
}

async function readRow(
  tx: TenantTransaction,
  touch: { subject: TouchSubject; touchKey: string; channel: Channel },
): Promise<Row | null> {
  const [row] = await preparedRowsOf<{ facts: Row }>(tx, factsStatement(touch));
  return row?.facts ?? null;
}

function contextOf(row: Row, subject: TouchSubject): TouchContext {
  if ('stepId' in subject && !row.step)
    throw new Error(`The journey's version has no step "${subject.stepId}"`);
  const organization = organizationSettings(row.organization_settings);
  const { consent } = row;
  const settings = { ...defaultCampaignSettings, ...row.settings };
  return {
    now: new Date(row.now),
    leadId: row.lead_id,
    journeyId: row.journey_id,
    callbackId: row.callback_id,
    campaignId: row.campaign_id,
    phone: row.phone,
    step: row.step,
    variables: templateValues(row.variables, row.custom_fields),
    standing: row.standing && { ...row.standing, sendingAt: dateOf(row.standing.sendingAt) },
    queued: row.waiting_code === 'RATE_LIMITED',
    organization,
    record: {
      consent,
      dncLists: row.dnc_lists,
      versionId: row.version_id,
    },
    gate: {
      now: new Date(row.now),
      settings,
      phoneValid: isE164(row.phone),
      sendingStopped: row.sending_stopped,
      campaignPaused: row.campaign_paused,
      launchPaused: row.launch_paused,
      launchCancelled: row.launch_cancelled,
      leadBlocked: row.lead_blocked,
      onDnc: row.on_dnc,
      consent: consent?.kind ?? null,
      consentUnclear: row.consent_unclear,
      lastTextAt: dateOf(row.last_text_at),
      lastReplyAt: dateOf(row.last_reply_at),
      lane: {
        touches: row.touches.map(({ channel, at }) => ({ channel, at: new Date(at) })),
        conversationUntil: dateOf(row.conversation_until),
      },
      laneRules: organization.lane,
      wait:
        row.wait_from === null || row.wait_until === null || isCutShort(row.wait_until, row.now)
          ? null
          : { from: new Date(row.wait_from), until: new Date(row.wait_until) },
      pauses: row.pauses.map(({ beganAt, endedAt, policy }) => ({
        beganAt: new Date(beganAt),
        endedAt: dateOf(endedAt),
        policy,
      })),
      timeZones: row.time_zones,
      states: plausibleStates({
        phone: row.phone,
        state: row.state,
        postalCode: row.postal_code,
        country: row.country,
      }),
      areaCode: areaCodeOf(row.phone),
      conversationNumber: row.conversation_number,
      numbers: numbersOf(settings, row.numbers),
      carrierOpenUntil: dateOf(row.carrier_open_until),
    },
  };
}

/** A reply or a skipped step has ended the wait before its time: no pause has anything to give back on it. */
function isCutShort(waitUntil: string, now: string): boolean {
  // The touch comes when Temporal's clock says so, which may be a little before Postgres's.
  return Date.parse(waitUntil) - Date.parse(now) > 2_000;
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
