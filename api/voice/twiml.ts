import type { Context } from 'hono';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { AnsweredBy } from '#domain/carrier-status.ts';
import { renderTemplate } from '#domain/template.ts';
import type { VoiceScript } from '#db/queries/voice-script.ts';

/** Tells the carrier to do nothing more. */
export const emptyTwiml = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

export function twiml(c: Context, document: string): Response {
  return c.body(document, 200, { 'Content-Type': 'text/xml; charset=utf-8' });
}

/**
 * What a call says once it is answered: the step's words to a person, its voicemail to a machine or fax. What cannot be
 * rendered for this lead is not said at all.
 */
export function answerCall(script: VoiceScript, answeredBy: AnsweredBy | null): string {
  const machine = answeredBy !== null && (answeredBy.startsWith('machine') || answeredBy === 'fax');
  const template = machine ? script.step?.voicemail : script.step?.say;
  const rendered = template === undefined ? null : renderTemplate(template, script.variables);
  const response = new VoiceResponse();
  if (rendered?.ok) response.say(rendered.text);
  response.hangup();
  return response.toString();
}

/** What whoever calls one of our numbers hears. */
export function answerCaller(organization: string): string {
  const response = new VoiceResponse();
  response.say(
    `Thank you for calling ${organization}. Nobody can take calls on this line. Please send us a text message instead. Goodbye.`,
  );
  response.hangup();
  return response.toString();
}
