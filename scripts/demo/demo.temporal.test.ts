import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { startDryRun } from './dry-run.ts';
import { judge } from './judgement.ts';
import { UsageError, parseDemoOptions } from './options.ts';
import type { DemoOptions } from './options.ts';
import { readCounts } from './report.ts';
import { runCampaign } from './run-campaign.ts';

const minutes = 60_000;

/** Leads all over the country, with two rows that cannot be used: line 4 has no phone, the last one a bad one. */
function cohort(size: number): Buffer {
  const places = [
    ['NY', '10001', '212'],
    ['CA', '90001', '213'],
    ['TX', '79901', '915'],
    ['AK', '99501', '907'],
    ['HI', '96801', '808'],
    ['FL', '32501', '850'],
  ];
  const rows = Array.from({ length: size }, (_, index) => {
    const [state, zip, areaCode] = places[index % places.length]!;
    return `First${index},Last${index},${state},${zip},${areaCode}-62${index % 10}-${String(1000 + index)}`;
  });
  rows.splice(2, 0, 'No,Phone,NY,10001,');
  return Buffer.from(['first_name,last_name,state,zip,phone', ...rows, 'Bad,Phone,NY,10001,12'].join('\n'));
}

async function run(options: Partial<DemoOptions> & { csv: Buffer }) {
  const whole: DemoOptions = {
    file: 'leads.csv',
    days: 14,
    seed: 7,
    carrierFaults: [],
    killWorker: false,
    json: true,
    ...options,
  };
  const dryRun = await startDryRun(whole, () => {});
  try {
    const leads = await runCampaign(dryRun, whole, () => {});
    const { claims, ...counts } = await readCounts(dryRun.database, dryRun.demo.organizationId);
    const { counts: violations, violations: details } = judge(dryRun.ledger, whole.csv, claims);
    expect(details).toEqual([]);
    return { leads, ...counts, violations, notes: dryRun.faultNotes() };
  } finally {
    await dryRun.stop();
  }
}

const none = {
  duplicateSms: 0,
  duplicateCalls: 0,
  afterReply: 0,
  afterOptOut: 0,
  outsideHours: 0,
  ledgerMismatch: 0,
};

describe('fourteen days on skipped time', () => {
  test(
    'account for every row and keep every promise; the same seed gives the same counts, faults or not',
    async () => {
      const csv = cohort(40);
      const calm = await run({ csv });
      expect(calm.leads).toEqual({
        rows: 42,
        imported: 40,
        rejected: [
          { line: 4, code: 'MISSING_PHONE' },
          { line: 43, code: 'INVALID_PHONE' },
        ],
      });
      expect(calm.violations).toEqual(none);
      expect(calm.journeys).toMatchObject({ started: 40, failed: 0, active: 0 });
      expect(calm.journeys.completed + calm.journeys.removed).toBe(40);
      expect(calm.sms.sent).toBeGreaterThanOrEqual(40);
      expect(calm.sms.received).toBeGreaterThan(0);
      expect(calm.calls.placed).toBeGreaterThan(0);

      const stormy = await run({
        csv,
        killWorker: true,
        carrierFaults: [
          'timeout_after_accept',
          'http_500',
          'rate_limit_429',
          'lost_callback',
          'late_callback',
          'duplicate_callback',
          'out_of_order',
        ],
      });
      expect(stormy.violations).toEqual(none);
      expect(stormy.notes.join('\n')).toContain('killed 5 times');
      const { notes: _calmNotes, ...calmCounts } = calm;
      const { notes: _stormyNotes, ...stormyCounts } = stormy;
      expect(stormyCounts).toEqual(calmCounts);
    },
    6 * minutes,
  );
});

describe('options that cannot be used are named', () => {
  test.each([
    [[], '--leads FILE.csv is missing'],
    [['--leads', '/nowhere.csv'], '--leads: /nowhere.csv cannot be read'],
    [
      ['--leads', 'package.json', '--days', 'many'],
      '--days: must be a whole number from 1 to 365, not "many"',
    ],
    [['--leads', 'package.json', '--faults', 'fire'], '--faults: "fire" is not one of'],
    [['--speed', '9'], "Unknown option '--speed'"],
  ])('%j', (args, message) => {
    expect(() => parseDemoOptions(args)).toThrow(UsageError);
    expect(() => parseDemoOptions(args)).toThrow(message);
  });

  test('all faults include the killing of the worker', () => {
    const options = parseDemoOptions(['--leads', 'package.json', '--faults', 'all']);
    expect(options).toMatchObject({ killWorker: true, days: 14, seed: 1, json: false });
    expect(options.carrierFaults).toHaveLength(7);
  });
});
