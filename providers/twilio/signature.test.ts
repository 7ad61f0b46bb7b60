import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { verifyTwilioSignature } from './signature.ts';

const authToken = '12345';
const url = 'https://leadway.example/webhooks/twilio/sms-status?touch=a%2Fb:3&x=1+2';
const params = { MessageSid: 'SM1', MessageStatus: 'delivered', To: '+14155550123', FromState: '' };
const signature = getExpectedTwilioSignature(authToken, url, params);
const request = { authToken, signature, url, params };

describe('a webhook signature', () => {
  it('matches Twilio’s published example', () => {
    // Source: Twilio, "Webhooks security", validating signatures step by step.
    expect(
      verifyTwilioSignature({
        authToken: '12345',
        signature: 'L/OH5YylLD5NRKLltdqwSvS0BnU=',
        url: 'https://example.com/myapp.php?foo=1&bar=2',
        params: {
          CallSid: 'CA1234567890ABCDE',
          Caller: '+14158675310',
          Digits: '1234',
          From: '+14158675310',
          To: '+18005551212',
        },
      }),
    ).toBe(true);
  });

  it('covers the raw query and the empty fields', () => {
    expect(verifyTwilioSignature(request)).toBe(true);
    const { FromState: _, ...withoutEmpty } = params;
    expect(verifyTwilioSignature({ ...request, params: withoutEmpty })).toBe(false);
  });

  it.each([
    ['another token', { authToken: '54321' }],
    ['another path', { url: url.replace('sms-status', 'voice') }],
    ['another query', { url: url.replace('3', '4') }],
    ['a changed field', { params: { ...params, MessageStatus: 'failed' } }],
    ['an added field', { params: { ...params, Extra: '1' } }],
    ['no signature', { signature: undefined }],
    ['an empty signature', { signature: '' }],
    ['nonsense', { signature: 'é'.repeat(28) }],
    ['a relative URL', { url: '/webhooks/twilio/sms-status' }],
  ])('does not hold for %s', (_name, change) => {
    expect(verifyTwilioSignature({ ...request, ...change })).toBe(false);
  });
});
