import { describe, expect, test } from 'vitest';
import { refusals } from './compliance/refusals.ts';
import type { RefusalCode } from './compliance/refusals.ts';
import type { JourneyDefinition, Step } from './journey/definition.ts';
import { preflight } from './preflight.ts';
import type { OwnCapabilities, PreflightFacts } from './preflight.ts';

const fine: PreflightFacts = {
  phoneValid: true,
  onDnc: false,
  optedOut: false,
  hasConsent: false,
  requireConsent: false,
  leadBlocked: false,
  alreadyEnrolled: false,
};
const text: Step = { id: 'text', kind: 'sms', body: 'Hello', next: 'end' };
const call: Step = { id: 'call', kind: 'call', say: 'Hello', next: 'end' };
const end: Step = { id: 'end', kind: 'end' };
const of = (...steps: Step[]): JourneyDefinition => ({ start: steps[0]!.id, steps });
const able: OwnCapabilities = { canSms: true, canVoice: true };

const codes = (facts: Partial<PreflightFacts>, definition = of(text, call, end), numbers = [able]) =>
  preflight({ ...fine, ...facts }, definition, numbers).map(({ code }) => code);

test('a lead with whom nothing is wrong may be launched', () => {
  expect(codes({})).toEqual([]);
  expect(codes({ requireConsent: true, hasConsent: true })).toEqual([]);
});

describe('every reason has its code, field, severity and sentence', () => {
  const table: [RefusalCode, string, Partial<PreflightFacts>][] = [
    ['INVALID_PHONE', 'phone', { phoneValid: false }],
    ['DNC_VIOLATION', 'phone', { onDnc: true }],
    ['OPTED_OUT', 'phone', { optedOut: true }],
    ['NO_CONSENT', 'phone', { requireConsent: true }],
    ['LEAD_BLOCKED', 'lead', { leadBlocked: true }],
    ['ALREADY_ENROLLED', 'campaign', { alreadyEnrolled: true }],
  ];

  test.each(table)('%s', (code, field, facts) => {
    const { severity, message } = refusals[code];
    expect(preflight({ ...fine, ...facts }, of(text, end), [able])).toEqual([
      { code, field, severity, message },
    ]);
  });

  test('and all of them are told together', () => {
    const all = Object.assign({}, ...table.map(([, , facts]) => facts)) as Partial<PreflightFacts>;
    expect(codes(all, of(text, call, end), [])).toEqual([
      ...table.map(([code]) => code),
      'CALLER_ID_MISSING',
    ]);
  });
});

describe('our own numbers', () => {
  const smsOnly = { canSms: true, canVoice: false };
  const voiceOnly = { canSms: false, canVoice: true };

  test.each([
    ['none at all', of(end), [], ['CALLER_ID_MISSING']],
    ['none to call from', of(call, end), [smsOnly], ['CALLER_ID_MISSING']],
    ['none to text from', of(text, end), [voiceOnly], ['SMS_NOT_SUPPORTED']],
    ['one for each', of(text, call, end), [smsOnly, voiceOnly], []],
    ['no calls, so none is needed for them', of(text, end), [smsOnly], []],
    ['no texts, so none is needed for them', of(call, end), [voiceOnly], []],
    [
      'able to do neither',
      of(text, call, end),
      [{ canSms: false, canVoice: false }],
      ['CALLER_ID_MISSING', 'SMS_NOT_SUPPORTED'],
    ],
  ])('%s', (_name, definition, numbers, expected) => {
    expect(codes({}, definition, numbers)).toEqual(expected);
  });
});
