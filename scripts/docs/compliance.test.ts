import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { Weekday } from '#domain/campaign.ts';
import { hoursRules } from '#domain/compliance/contact-hours.ts';
import { classifyKeyword } from '#domain/compliance/opt-out.ts';
import { refusals } from '#domain/compliance/refusals.ts';
import type { HoursRule, Provenance } from '#domain/compliance/rules/rule.ts';
import { stateCapRules } from '#domain/compliance/rules/state-caps.ts';
import { warnings } from '#domain/compliance/warnings.ts';
import { projectRoot } from '../launcher/paths.ts';

/* docs/compliance.md says what the data says, cell by cell: it cannot drift. */

const text = readFileSync(join(projectRoot, 'docs/compliance.md'), 'utf8');
/** The cells of every row of a table, by its first. */
const rows = new Map(
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .map((cells) => [cells[0]!.replaceAll('`', ''), cells] as const),
);

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** "Mon–Fri 9:00–18:00, Sat 10:00–17:00, Sun closed". */
function hoursInWords({ week }: HoursRule): string {
  const days = ([1, 2, 3, 4, 5, 6, 7] as Weekday[]).map((weekday) => {
    const hours = week[weekday];
    return hours ? `${hours.from.replace(/^0/, '')}–${hours.to}` : 'closed';
  });
  const runs: { first: number; last: number; hours: string }[] = [];
  days.forEach((hours, day) => {
    const run = runs.at(-1);
    if (run?.hours === hours) run.last = day;
    else runs.push({ first: day, last: day, hours });
  });
  return runs
    .map(({ first, last, hours }) =>
      first === 0 && last === 6
        ? hours
        : `${dayNames[first]}${last > first ? `–${dayNames[last]}` : ''} ${hours}`,
    )
    .join(', ');
}

const provenance = ({ source, since, read, verifyBy, note }: Provenance) => [
  source,
  since ?? 'not established',
  read === 'text' ? 'text' : 'summaries',
  verifyBy,
  note,
];

describe('every rule about hours', () => {
  it.each(hoursRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    const where = rule.areas === null ? 'everywhere' : rule.areas.join(' ');
    const holidays = rule.holidays.length > 0 ? ', not on legal holidays' : '';
    const calls = rule.channels.includes('sms') ? '' : ', calls only';
    expect(rows.get(id)?.slice(1)).toEqual([
      where,
      hoursInWords(rule) + holidays + calls,
      rule.ruleVersion,
      ...provenance(rule),
    ]);
  });
});

test('the day on which the sources were read is told', () => {
  for (const { readOn } of [...hoursRules, ...stateCapRules]) expect(text).toContain(readOn);
});

describe('every cap', () => {
  it.each(stateCapRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    expect(rows.get(id)?.slice(1)).toEqual([
      rule.state,
      `${rule.touchesPerDay} in 24 hours`,
      rule.ruleVersion,
      ...provenance(rule),
    ]);
  });
});

describe('every legal holiday', () => {
  it.each(hoursRules.filter(({ holidays }) => holidays.length > 0).map((rule) => [rule.id, rule] as const))(
    '%s',
    (id, { holidays }) => {
      const names = [...new Set(holidays.map(({ name }) => name.replace(', kept on Monday', '')))];
      const listed = rows.get(`${id} holidays`)?.[1]?.split(', ');
      expect(listed?.toSorted()).toEqual(names.toSorted());
    },
  );
});

describe('every refusal code', () => {
  it.each(Object.entries(refusals))('%s', (code, { effect, severity }) => {
    expect(rows.get(code)?.slice(1, 3)).toEqual([effect, severity]);
    const [, , , demands, source, keptIn, testedIn] = rows.get(code)!;
    expect(demands!.length).toBeGreaterThan(20);
    expect(source).not.toBe('');
    // That the paths exist is checked for every document.
    expect(keptIn).toMatch(/^`[\w/.-]+\.ts`/);
    expect(testedIn).toMatch(/^`[\w/.-]+\.test\.ts`/);
  });
});

test.each(Object.keys(warnings))('the warning %s has its row', (code) => {
  expect(rows.get(code)?.[2]).toMatch(/^`[\w/.-]+\.ts`$/);
});

test('the keywords are those that are understood', () => {
  for (const [meaning, words] of [
    ['stop', 'STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT'],
    ['start', 'START UNSTOP YES'],
    ['help', 'HELP INFO'],
  ] as const) {
    const listed = rows.get(meaning)?.[1]?.replaceAll('`', '').split(', ');
    expect(listed).toEqual(words.split(' '));
    for (const word of listed!) expect(classifyKeyword(word, { optedOut: true })).toBe(meaning);
  }
});
