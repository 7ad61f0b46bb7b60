import type { TwilioConfig } from '#providers/twilio/client.ts';
import { createTwilioLookup } from '#providers/twilio/lookup.ts';
import { createTwilioMessaging } from '#providers/twilio/messaging.ts';
import { createTwilioVoice } from '#providers/twilio/voice.ts';
import { serveSimulator } from '../serve.ts';
import { type SimulatorOptions, createSimulator } from '../simulator.ts';
import { createVirtualTime } from './virtual-time.ts';
import { startWebhookReceiver } from './webhook-receiver.ts';

export const ourNumber = '+12065550100';

/** A lead's phone; every index gives another. */
export function leadPhone(index: number): string {
  return `+1415${String(2_000_000 + index)}`;
}

/** A simulator on virtual time behind a real port, the real client pointed at it, and webhooks to call back. */
export async function startRig(
  options: Partial<SimulatorOptions> & { timeoutMs?: number; startAt?: Date } = {},
) {
  const accountSid = `AC${'0'.repeat(31)}1`;
  const authToken = 'token-of-the-rig';
  const startAt = options.startAt ?? new Date('2026-03-02T17:00:00.400Z');
  const time = createVirtualTime(startAt);
  const webhooks = await startWebhookReceiver(authToken);
  const simulator = createSimulator({
    seed: 7,
    clock: time.clock,
    scheduler: time.scheduler,
    accountSid,
    authToken,
    inboundWebhookUrl: `${webhooks.url}/webhooks/twilio/sms`,
    ...options,
  });
  const server = await serveSimulator(simulator, { port: 0 });
  const config: TwilioConfig = {
    accountSid,
    authToken,
    baseUrl: server.url,
    timeoutMs: options.timeoutMs ?? 5_000,
  };
  const messaging = createTwilioMessaging(config);
  const voice = createTwilioVoice(config);
  const statusCallbackUrl = `${webhooks.url}/webhooks/twilio/sms-status?touch=w%2F1:2&n=a+b`;

  return {
    ...time,
    startAt,
    webhooks,
    simulator,
    ledger: simulator.ledger,
    server,
    config,
    messaging,
    voice,
    lookup: createTwilioLookup(config),
    text: (to: string, body = 'Hello') =>
      messaging.sendText({ to, from: ourNumber, body, statusCallbackUrl }),
    call: (to: string, ringSeconds = 25) =>
      voice.placeCall({
        to,
        from: ourNumber,
        voiceUrl: `${webhooks.url}/webhooks/twilio/voice?touch=1`,
        statusCallbackUrl: `${webhooks.url}/webhooks/twilio/voice-status?touch=1`,
        ringSeconds,
      }),
    /** The instant so many milliseconds after the start. */
    after: (ms: number) => new Date(startAt.getTime() + ms),
    async close() {
      await server.close();
      await webhooks.close();
    },
  };
}
