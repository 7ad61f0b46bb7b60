import { renderTemplate, templateVariables } from '../template.ts';
import type { TemplateValues } from '../template.ts';
import type { Step } from './definition.ts';
import type { Problem } from './problem.ts';
import { badValue } from './problems.ts';

/** What a template may name, beside `custom.<name>`. */
export const templateFields = [
  'first_name',
  'last_name',
  'full_name',
  'company',
  'city',
  'state',
  'organization',
  'campaign',
] as const;

/** The faults of one template of a step: empty, malformed, or naming a variable that no lead has. */
export function checkTemplate(stepId: string, field: string, template: string): Problem[] {
  if (template.trim() === '') return [badValue(stepId, field, 'must not be empty')];
  const unclosed = template.replaceAll(/\{\{[^{}]*\}\}/g, '').match(/\{\{|\}\}/);
  if (unclosed)
    return [
      { stepId, field, code: 'BAD_TEMPLATE', message: `"${unclosed[0]}" stands alone; write {{name}}` },
    ];
  return templateVariables(template)
    .filter(
      (name) => !(templateFields as readonly string[]).includes(name) && !/^custom\.[\w-]{1,60}$/.test(name),
    )
    .map((name) => ({
      stepId,
      field,
      code: 'UNKNOWN_VARIABLE',
      message: `{{${name}}} is not known; use ${templateFields.join(', ')} or custom.<name>`,
    }));
}

/** Every template of a step, by the field that holds it. */
export function templatesOf(step: Step): { field: string; template: string }[] {
  switch (step.kind) {
    case 'sms':
      return [{ field: 'body', template: step.body }];
    case 'call':
      return [
        { field: 'say', template: step.say },
        ...(step.voicemail === undefined ? [] : [{ field: 'voicemail', template: step.voicemail }]),
      ];
    default:
      return [];
  }
}

/** What a step's templates name and these values do not give, by field; empty = all of them can be said. */
export function missingIn(step: Step, values: TemplateValues): { field: string; variables: string[] }[] {
  return templatesOf(step).flatMap(({ field, template }) => {
    const rendered = renderTemplate(template, values);
    return rendered.ok ? [] : [{ field, variables: rendered.variables }];
  });
}
