import { describe, expect, test } from 'vitest';
import { hourMs } from '../../duration.ts';
import type { Condition } from '../condition.ts';
import type { ShelfLife, SmsStep, Step } from '../definition.ts';
import { restOf } from '../engine.ts';
import { noonMs } from '../testing/random-run.ts';
import { play } from '../testing/play.ts';
import { validateDefinition } from '../validate.ts';

const end = (id: string): Step => ({ id, kind: 'end', reason: `reason of ${id}` });
const step: SmsStep = { id: 'text', kind: 'sms', body: 'Today only', next: 'sent', onRefused: 'skipped' };
const steps = (shelfLife: ShelfLife) => [{ ...step, shelfLife }, end('sent'), end('skipped')];
const begin = (shelfLife: ShelfLife) => play(steps(shelfLife));

describe('the shelf life of a text', () => {
  test('goes along with the request, by whichever end comes first', () => {
    const until = new Date(noonMs + 3 * hourMs).toISOString();
    expect(begin({ for: '2h' }).command).toMatchObject({ expiresAtMs: noonMs + 2 * hourMs });
    expect(begin({ for: '4h', until }).command).toMatchObject({ expiresAtMs: noonMs + 3 * hourMs });
  });

  test('is looked at when the gate is asked again: what is over is skipped, with its reason', () => {
    const journey = begin({ for: '2h' }).touched({ outcome: 'held', code: 'CAMPAIGN_PAUSED' });
    // Not the six hours after which any hold is asked about.
    expect(restOf(journey.state)).toMatchObject({ untilMs: noonMs + 2 * hourMs });
    journey.rested();
    expect(journey.state).toMatchObject({ status: 'completed', endReason: 'reason of skipped' });
    expect(journey.told).toContain('text-refused');
  });

  test('that is over when the journey comes to the step: nothing is asked for', () => {
    const journey = begin({ until: '2020-01-01T00:00:00Z' });
    expect(journey.state.endReason).toBe('reason of skipped');
  });
});

describe('a text that is worth sending on a condition only', () => {
  const notYet: Condition = { fact: 'lead', field: 'status', is: 'not_equals', value: 'customer' };
  const checked = (holds: boolean) => ({ type: 'lead-checked' as const, matches: [holds] });

  test('about the lead: it is looked at before every request, also after a wait for the gate', () => {
    const journey = begin({ onlyIf: notYet });
    expect(journey.command).toEqual({ do: 'check-lead', stepId: 'text', conditions: [notYet] });
    journey.give(checked(true));
    expect(journey.command).toMatchObject({ do: 'send-text' });
    const untilMs = noonMs + hourMs;
    journey.touched({ outcome: 'deferred', code: 'QUIET_HOURS', untilMs }).rested();
    expect(journey.command).toMatchObject({ do: 'check-lead' });
    journey.give(checked(false));
    expect(journey.state.endReason).toBe('reason of skipped');
  });

  test('about the journey: nobody needs to be asked', () => {
    const onlyIf: Condition = { fact: 'last_reply', is: 'exists', value: true };
    expect(begin({ onlyIf }).state.endReason).toBe('reason of skipped');
    expect(begin({ onlyIf: { ...onlyIf, value: false } }).command).toMatchObject({ do: 'send-text' });
  });
});

test.each<[ShelfLife, string, string]>([
  [{ for: 'a while' }, 'shelfLife.for', 'BAD_DURATION'],
  [{ until: '2026-12-24' }, 'shelfLife.until', 'BAD_VALUE'],
  [{ until: 'soonZ' }, 'shelfLife.until', 'BAD_VALUE'],
  [{ onlyIf: { fact: 'lead', field: 'shoe', is: 'exists' } }, 'shelfLife.onlyIf.field', 'UNKNOWN_FIELD'],
])('%o is a fault of the definition', (shelfLife, field, code) => {
  expect(validateDefinition({ start: 'text', steps: steps(shelfLife) })).toContainEqual(
    expect.objectContaining({ stepId: 'text', field, code }),
  );
});
