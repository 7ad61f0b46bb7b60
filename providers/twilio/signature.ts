import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

/**
 * Whether a webhook comes from Twilio. `url` is the configured public URL followed by the raw path and query of the
 * request (what a proxy rewrote is not what was signed); `params` are the form fields, decoded, with a repeated field
 * as an array. Anything missing or malformed is simply false. Source: Twilio, "Webhooks security".
 */
export function verifyTwilioSignature(request: {
  authToken: string;
  /** The X-Twilio-Signature header. */
  signature: string | null | undefined;
  url: string;
  params: Record<string, string | string[]>;
}): boolean {
  if (!request.signature || !URL.canParse(request.url)) return false;
  return validateRequest(request.authToken, request.signature, request.url, request.params);
}
