import type { VoiceProvider } from '../voice.ts';
import { type TwilioConfig, createTwilioClient } from './client.ts';
import { isNotFound, readFault, refusalOrFault } from './errors.ts';
import { listLimit, withinWindow } from './listing.ts';
import { toCarrierCall } from './records.ts';

/**
 * Calls through Twilio. Answering-machine detection runs before the voice URL is asked, so that request and the later
 * status callbacks already say who picked up. Source: Twilio, "Calls resource", "Answering Machine Detection".
 *
 * Listing filters by the two numbers only, for the reason given in `messaging.ts`: a queued call has no start time.
 */
export function createTwilioVoice(config: TwilioConfig): VoiceProvider {
  const client = createTwilioClient(config);
  return {
    async placeCall({ to, from, voiceUrl, statusCallbackUrl, ringSeconds }) {
      try {
        const record = await client.calls.create({
          to,
          from,
          url: voiceUrl,
          method: 'POST',
          machineDetection: 'Enable',
          statusCallback: statusCallbackUrl,
          statusCallbackMethod: 'POST',
          statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
          timeout: ringSeconds,
        });
        return { outcome: 'accepted', call: toCarrierCall(record) };
      } catch (error) {
        const verdict = refusalOrFault('create', error);
        if ('fault' in verdict) throw verdict.fault;
        return { outcome: 'rejected', ...verdict.refusal };
      }
    },

    async fetchCall(sid) {
      try {
        return toCarrierCall(await client.calls(sid).fetch());
      } catch (error) {
        if (isNotFound(error)) return null;
        throw readFault(error);
      }
    },

    async listCalls({ to, from, since, until }) {
      try {
        const records = await client.calls.list({ to, from, limit: listLimit });
        return withinWindow(records.map(toCarrierCall), { since, until });
      } catch (error) {
        throw readFault(error);
      }
    },
  };
}
