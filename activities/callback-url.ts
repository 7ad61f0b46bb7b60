/** Where the carrier reports about a touch. The ledger key is part of the URL, and the carrier signs the URL. */
export function callbackUrl(
  publicUrl: string,
  kind: 'sms-status' | 'voice' | 'voice-status',
  key: { organizationId: string; touchId: string },
): string {
  const url = new URL(`/webhooks/twilio/${kind}`, publicUrl);
  url.searchParams.set('organizationId', key.organizationId);
  url.searchParams.set('touchId', key.touchId);
  return url.href;
}
