import { describe, expect, test } from 'vitest';
import { defaultDispositions, defaultStages } from '../../disposition.ts';
import { previewTemplate, templateVariables } from '../../template.ts';
import { validateDefinition } from '../validate.ts';
import { journeyTemplates } from './index.ts';

/** Long names, but none that nobody bears; a fallback is used where the value is left out. */
const long = {
  first_name: 'Maximiliana',
  organization: 'Brightside Solar & Roofing',
  'custom.appointment_time': 'Wednesday, November 25, 10:30 am',
  'custom.renewal_date': 'Wednesday, November 25',
};

test('every template has an id of its own', () => {
  expect(new Set(journeyTemplates.map(({ id }) => id)).size).toBe(journeyTemplates.length);
  expect(journeyTemplates.length).toBeGreaterThanOrEqual(5);
});

describe.each(journeyTemplates.map((template) => [template.id, template] as const))('%s', (_id, template) => {
  const { steps } = template.definition;
  const texts = steps.filter((step) => step.kind === 'sms');

  test('can be published as it is', () => {
    expect(validateDefinition(template.definition)).toEqual([]);
  });

  test('every text fits into two segments, with the long names and without any', () => {
    for (const { id, body } of texts) {
      const withNames = previewTemplate(body, long);
      const { first_name: _name, ...others } = long;
      const withoutName = previewTemplate(body, others);
      for (const preview of [withNames, withoutName]) {
        expect([id, preview.missing, preview.encoding]).toEqual([id, [], 'GSM-7']);
        expect([id, preview.segments <= 2]).toEqual([id, true]);
      }
    }
  });

  test('the first text says who writes and how to opt out', () => {
    const first = texts[0]!.body;
    expect(first).toMatch(/\bSTOP\b/);
    expect(templateVariables(first)).toContain('organization');
  });

  test('names dispositions and stages that a new organisation has, or makes the stage', () => {
    const codes = new Set(defaultDispositions.map(({ code }) => code));
    const stages = new Set(defaultStages.map(({ name }) => name));
    for (const step of steps) {
      if (step.kind === 'disposition') expect(codes).toContain(step.disposition);
      if (step.kind === 'set_stage' && !step.autoCreate) expect(stages).toContain(step.stage);
    }
  });

  test('a reply is heard after every text that asks for one', () => {
    const byId = new Map(steps.map((step) => [step.id, step]));
    for (const step of texts.filter(({ body }) => /\bReply\b/.test(body)))
      expect([step.id, byId.get(step.next)?.kind]).toEqual([step.id, 'wait_for_reply']);
  });
});
