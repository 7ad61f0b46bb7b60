import type { MessagingProvider } from '../messaging.ts';
import { type TwilioConfig, createTwilioClient } from './client.ts';
import { isNotFound, readFault, refusalOrFault } from './errors.ts';
import { listLimit, withinWindow } from './listing.ts';
import { toCarrierMessage } from './records.ts';

/**
 * Texts through Twilio. Source: Twilio, "Messages resource".
 *
 * Listing filters by the two numbers only and by creation in code: Twilio's DateSent filter is about a date that a
 * queued text does not have yet, and the text just created is the very one that reconciling looks for.
 */
export function createTwilioMessaging(config: TwilioConfig): MessagingProvider {
  const client = createTwilioClient(config);
  return {
    async sendText({ to, from, body, statusCallbackUrl }) {
      try {
        const record = await client.messages.create({ to, from, body, statusCallback: statusCallbackUrl });
        return { outcome: 'accepted', message: toCarrierMessage(record) };
      } catch (error) {
        const verdict = refusalOrFault('create', error);
        if ('fault' in verdict) throw verdict.fault;
        return { outcome: 'rejected', ...verdict.refusal };
      }
    },

    async fetchText(sid) {
      try {
        return toCarrierMessage(await client.messages(sid).fetch());
      } catch (error) {
        if (isNotFound(error)) return null;
        throw readFault(error);
      }
    },

    async listTexts({ to, from, since, until }) {
      try {
        const records = await client.messages.list({ to, from, limit: listLimit });
        return withinWindow(records.map(toCarrierMessage), { since, until });
      } catch (error) {
        throw readFault(error);
      }
    },
  };
}
