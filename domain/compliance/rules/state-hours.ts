import { bothChannels, weekly } from './rule.ts';
import type { HoursRule, Provenance } from './rule.ts';
import {
  alabamaHolidays,
  louisianaHolidays,
  mississippiHolidays,
  pennsylvaniaHolidays,
  rhodeIslandHolidays,
  utahHolidays,
} from './state-holidays.ts';

type Given = Pick<HoursRule, 'week' | 'source' | 'since' | 'read' | 'note'> &
  Partial<Pick<HoursRule, 'holidays' | 'channels' | 'verifyBy'>>;

const readOn = '2026-11-21';
/** What was read in the law's own words is compared again after a year; what others say of it, before it is relied on. */
const verifyBy: Record<Provenance['read'], string> = { text: '2027-11-21', summary: '2027-02-21' };

function state(code: string, version: string, given: Given): HoursRule {
  return {
    id: `us-${code.toLowerCase()}-hours`,
    code: 'QUIET_HOURS',
    ruleVersion: `us-${code.toLowerCase()}-${version}`,
    areas: [code],
    readOn,
    verifyBy: verifyBy[given.read],
    channels: bothChannels,
    holidays: [],
    ...given,
  };
}

const from8to20 = weekly({ from: '08:00', to: '20:00' });
const from9to20 = weekly({ from: '09:00', to: '20:00' });
const from9to21 = weekly({ from: '09:00', to: '21:00' });
const textsToo = 'Written for calls; texts are held to it as well.';

/**
 * States that are stricter than federal hours. Exemptions (consent, an existing business relationship, kinds of business)
 * are never made use of: a state's hours hold for every touch.
 */
export const stateHours: readonly HoursRule[] = [
  state('AL', '2024-1', {
    week: weekly({ from: '08:00', to: '20:00' }, { 7: null }),
    holidays: alabamaHolidays,
    source: 'Ala. Admin. Code r. 770-X-5-.17(1)(b); Ala. Code 1-3-8',
    since: null,
    read: 'text',
    note: `No calls on Sundays or holidays. Addresses automated solicitation; some read it as binding telephone utilities only. ${textsToo}`,
  }),
  state('CT', '2023-1', {
    week: from9to20,
    source: 'Conn. Gen. Stat. 42-288a, as amended by P.A. 23-98 (S.B. 1058)',
    since: '2023-10-01',
    read: 'summary',
    note: 'The end moved from 21:00 to 20:00; the hours themselves were read in summaries only.',
  }),
  state('FL', '2021-1', {
    week: from8to20,
    source: 'Fla. Stat. 501.616(6)(a)',
    since: '2021-07-01',
    read: 'text',
    note: textsToo,
  }),
  state('KY', '2024-1', {
    week: weekly({ from: '10:00', to: '21:00' }),
    source: 'Ky. Rev. Stat. 367.46955',
    since: null,
    read: 'summary',
    note: `Automated calling equipment may begin at 8:00 (367.461); the later hour of live solicitation is kept. ${textsToo}`,
  }),
  state('LA', '2024-1', {
    week: weekly({ from: '08:00', to: '20:00' }, { 7: null }),
    holidays: louisianaHolidays,
    source: 'La. Pub. Serv. Comm’n General Order R-29617 § (V)(A); La. R.S. 45:811, 1:55',
    since: null,
    read: 'summary',
    note: 'During a state of emergency for which the commission is called in, all solicitation is forbidden: stop the campaign by hand. Proclaimed holidays belong into the campaign’s own.',
  }),
  state('MA', '2024-1', {
    week: from8to20,
    source: '201 CMR 12.02(2); M.G.L. c. 159C',
    since: null,
    read: 'text',
    note: textsToo,
  }),
  state('MD', '2024-1', {
    week: from8to20,
    source: 'Md. Code, Com. Law 14-4502 (Stop the Spam Calls Act of 2023)',
    since: '2024-01-01',
    read: 'summary',
    note: 'The hours were read in summaries; of the section itself only its beginning.',
  }),
  state('MI', '2025-1', {
    week: from9to21,
    source: 'published table of state calling hours, 2025-11-01; no section of law was found',
    since: null,
    read: 'summary',
    note: 'Other tables give federal hours; the stricter one is kept until counsel says otherwise.',
  }),
  state('MN', '2025-1', {
    week: from9to21,
    source: 'Minn. Stat. 325E.30',
    since: null,
    read: 'summary',
    note: `The section’s text was not at hand; hours as published tables give them. ${textsToo}`,
  }),
  state('MS', '2023-1', {
    week: weekly({ from: '08:00', to: '20:00' }, { 7: null }),
    holidays: mississippiHolidays,
    source: 'Miss. Code 77-3-723, 3-3-7',
    since: null,
    read: 'text',
    note: 'The text says "Central Standard Time", read as the clock there. It closes Sundays, not holidays; lists of restricted days up to 2022 close these too, so they are closed.',
  }),
  state('NM', '2006-1', {
    week: from9to21,
    source: 'N.M. Stat. 57-12-22(B)(5)',
    since: null,
    read: 'text',
    note: `Read as of 2006. ${textsToo}`,
  }),
  state('NV', '2025-1', {
    week: from9to20,
    source:
      'published table of state calling hours, 2025-11-01; NRS 597.814 for announcing devices (9:00–21:00)',
    since: null,
    read: 'summary',
    note: 'No section was found that ends the day at 20:00; the stricter table is kept.',
  }),
  state('OK', '2022-1', {
    week: from8to20,
    source: 'Okla. Stat. tit. 15, 775C.4 (Telephone Solicitation Act of 2022)',
    since: '2022-11-01',
    read: 'summary',
    note: 'Announcing devices may not begin before 9:00 (tit. 15, 755.1); a campaign of recorded messages must say so in its own hours.',
  }),
  state('OR', '2026-1', {
    week: from8to20,
    source: 'Or. Laws 2025, H.B. 3865, amending ORS 646.561 to 646.578',
    since: '2026-01-01',
    read: 'summary',
    note: 'Names text messages. An existing relationship exempts; that is not made use of.',
  }),
  state('PA', '2019-1', {
    week: weekly({ from: '08:00', to: '21:00' }, { 6: { from: '08:00', to: '12:00' } }),
    holidays: pennsylvaniaHolidays,
    source: '73 P.S. 2245(a)(1) and (10); 44 P.S. 11',
    since: '2019-12-03',
    read: 'summary',
    note: 'Hours read in the text; the list of legal holidays in summaries, which count Saturdays after noon among them.',
  }),
  state('RI', '1999-1', {
    week: weekly({ from: '09:00', to: '18:00' }, { 6: { from: '10:00', to: '17:00' }, 7: null }),
    holidays: rhodeIslandHolidays,
    source: 'R.I. Gen. Laws 5-61-2(2), 5-61-3.6, 25-1-1',
    since: null,
    read: 'text',
    note: 'Sunday has no hours. The text excepts holidays from Monday to Friday; Saturdays that are holidays are closed as well.',
  }),
  state('SD', '1991-1', {
    week: weekly({ from: '09:00', to: '21:00' }, { 6: null, 7: null }),
    channels: ['call'],
    source: 'S.D. Codified Laws 37-30-28',
    since: null,
    read: 'text',
    note: 'For automated dialing systems, on weekdays, read as Monday to Friday. Whether calls placed from here are such is for counsel to say.',
  }),
  state('TX', '2025-1', {
    week: weekly({ from: '09:00', to: '21:00' }, { 7: { from: '12:00', to: '21:00' } }),
    source: 'Tex. Bus. & Com. Code 301.051; S.B. 140 (2025) for texts',
    since: null,
    read: 'summary',
    note: 'Noon on Sundays stands in chapter 301 as commonly cited; its text was not at hand. Texts since 2025-09-01.',
  }),
  state('UT', '2026-1', {
    week: weekly({ from: '08:00', to: '21:00' }, { 7: null }),
    holidays: utahHolidays,
    source: 'Utah Code 13-25a-103(3), 63G-1-301',
    since: '2026-05-06',
    read: 'text',
    verifyBy: '2027-01-01',
    note: 'Consent lifts it; that is not made use of. The list of holidays changes on 2027-01-01.',
  }),
  state('WA', '2022-1', {
    week: from8to20,
    source: 'RCW 80.36.390, as amended by H.B. 1497 (2022)',
    since: null,
    read: 'summary',
    note: 'In force since June 2022; the hours were read in summaries of the act.',
  }),
];

/** Every province and territory of Canada. */
export const canadianHours: HoursRule = {
  id: 'ca-hours',
  code: 'QUIET_HOURS',
  ruleVersion: 'ca-2008-1',
  source: 'CRTC Unsolicited Telecommunications Rules, Part III (Telecom Decision 2007-48)',
  since: null,
  readOn,
  read: 'summary',
  verifyBy: verifyBy.summary,
  note: 'In force since autumn 2008. Weekdays end at 21:30 there; the federal 21:00 is kept for everybody. Stricter provinces are not known here. Texts are held to it as well.',
  areas: ['AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT'],
  channels: bothChannels,
  week: weekly(
    { from: '09:00', to: '21:30' },
    { 6: { from: '10:00', to: '18:00' }, 7: { from: '10:00', to: '18:00' } },
  ),
  holidays: [],
};
