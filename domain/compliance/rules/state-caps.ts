import type { CapRule } from './rule.ts';

/**
 * States that limit how often one person may be approached within 24 hours. All say "on the same subject"; here every
 * touch of the organisation counts, text or call, and no exemption is made use of.
 */
export const stateCapRules: readonly CapRule[] = [
  {
    id: 'us-fl-cap',
    code: 'STATE_CAP_REACHED',
    state: 'FL',
    touchesPerDay: 3,
    ruleVersion: 'us-fl-2021-1',
    source: 'Fla. Stat. 501.616(6)(b)',
    since: '2021-07-01',
    readOn: '2026-11-21',
    read: 'text',
    verifyBy: '2027-11-21',
    note: 'From whatever number the calls come. Texts are counted as well.',
  },
  {
    id: 'us-md-cap',
    code: 'STATE_CAP_REACHED',
    state: 'MD',
    touchesPerDay: 3,
    ruleVersion: 'us-md-2024-1',
    source: 'Md. Code, Com. Law 14-4502 (Stop the Spam Calls Act of 2023)',
    since: '2024-01-01',
    readOn: '2026-11-21',
    read: 'summary',
    verifyBy: '2027-02-21',
    note: 'Calls or texts, as summarised.',
  },
  {
    id: 'us-ok-cap',
    code: 'STATE_CAP_REACHED',
    state: 'OK',
    touchesPerDay: 3,
    ruleVersion: 'us-ok-2022-1',
    source: 'Okla. Stat. tit. 15, 775C.4 (Telephone Solicitation Act of 2022)',
    since: '2022-11-01',
    readOn: '2026-11-21',
    read: 'summary',
    verifyBy: '2027-02-21',
    note: 'Texts are counted as well.',
  },
  {
    id: 'us-or-cap',
    code: 'STATE_CAP_REACHED',
    state: 'OR',
    touchesPerDay: 3,
    ruleVersion: 'us-or-2026-1',
    source: 'Or. Laws 2025, H.B. 3865, amending ORS 646.561 to 646.578',
    since: '2026-01-01',
    readOn: '2026-11-21',
    read: 'summary',
    verifyBy: '2027-02-21',
    note: 'Calls and texts together. An existing relationship exempts; that is not made use of.',
  },
];
