import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSegments, previewTemplate, renderTemplate, templateVariables } from './template.ts';

describe('rendering', () => {
  it.each([
    ['Hi {{first_name}}!', { first_name: 'Ann' }, 'Hi Ann!'],
    ['Hi {{ first_name }}!', { first_name: ' Ann ' }, 'Hi Ann!'],
    ['Hi {{first_name|there}}!', { first_name: 'Ann' }, 'Hi Ann!'],
    ['Hi {{first_name|there}}!', {}, 'Hi there!'],
    ['Hi {{first_name | there }}!', { first_name: null }, 'Hi there!'],
    ['Hi {{first_name|there}}!', { first_name: '   ' }, 'Hi there!'],
    ['Hi{{title|}} {{last_name}}', { last_name: 'Butt' }, 'Hi Butt'],
    ['{{a}}{{b}}{{a}}', { a: 'x', b: 2 }, 'x2x'],
    ['{{n}}', { n: 0 }, '0'],
    ['{{custom.plan-name}}', { 'custom.plan-name': 'Gold' }, 'Gold'],
    ['{{a|b|c}}', {}, 'b|c'],
    ['no variables { } here', {}, 'no variables { } here'],
    ['', {}, ''],
  ])('%j with %j', (template, values, text) => {
    expect(renderTemplate(template, values)).toEqual({ ok: true, text });
  });

  it.each([
    ['Hi {{first_name}}', {}, ['first_name']],
    ['{{a}} {{b}} {{a}}', { b: '' }, ['a', 'b']],
    ['{{first name}}', { 'first name': 'Ann' }, ['first name']],
    ['{{first name|there}}', {}, ['first name']],
    ['{{}}', {}, ['']],
    ['Hi {{first_name', { first_name: 'Ann' }, ['{{']],
    ['Hi first_name}}', {}, ['}}']],
    ['{{toString}}', {}, ['toString']],
    ['{{__proto__}}', {}, ['__proto__']],
  ])('%j with %j is withheld', (template, values, variables) => {
    expect(renderTemplate(template, values)).toEqual({ ok: false, code: 'MISSING_VARIABLE', variables });
  });

  it('never reads a value as a template', () => {
    expect(renderTemplate('{{a}}', { a: '{{b}} $& $1', b: 'secret' })).toEqual({
      ok: true,
      text: '{{b}} $& $1',
    });
  });

  it('a template whose every variable has a value renders, and holds each value', () => {
    const name = fc.stringMatching(/^[a-z_]{1,8}$/);
    const value = fc.stringMatching(/^[A-Z]{1,8}$/);
    fc.assert(
      fc.property(fc.dictionary(name, value, { minKeys: 1 }), (values) => {
        const template = Object.keys(values)
          .map((key) => `<{{${key}}}>`)
          .join(' ');
        expect(templateVariables(template)).toEqual(Object.keys(values));
        const rendered = renderTemplate(template, values);
        expect(rendered).toEqual({
          ok: true,
          text: Object.values(values)
            .map((each) => `<${each}>`)
            .join(' '),
        });
      }),
    );
  });
});

describe('variables of a template', () => {
  it('are listed once each, in order, also with a fallback', () => {
    expect(templateVariables('{{b}} {{a|x}} {{ b }} {{c.d|}}')).toEqual(['b', 'a', 'c.d']);
    expect(templateVariables('none')).toEqual([]);
  });
});

describe('segments', () => {
  it.each([
    ['', 'GSM-7', 0, 0],
    ['a', 'GSM-7', 1, 1],
    ['a'.repeat(160), 'GSM-7', 160, 1],
    ['a'.repeat(161), 'GSM-7', 161, 2],
    ['a'.repeat(306), 'GSM-7', 306, 2],
    ['a'.repeat(307), 'GSM-7', 307, 3],
    ['€', 'GSM-7', 2, 1],
    ['{}[]~\\^|€\f', 'GSM-7', 20, 1],
    ['€'.repeat(80), 'GSM-7', 160, 1],
    ['€'.repeat(81), 'GSM-7', 162, 2],
    // 153 is odd: 76 escaped characters fill a part to 152, so 153 of them need a third part.
    ['€'.repeat(152), 'GSM-7', 304, 2],
    ['€'.repeat(153), 'GSM-7', 306, 3],
    ['àèéìòùÄÖÑÜ§¿Çß@£$¥', 'GSM-7', 18, 1],
    ['line\r\nbreak', 'GSM-7', 11, 1],
    ['ç', 'UCS-2', 1, 1],
    ['á', 'UCS-2', 1, 1],
    ['“', 'UCS-2', 1, 1],
    ['`', 'UCS-2', 1, 1],
    ['й'.repeat(70), 'UCS-2', 70, 1],
    ['й'.repeat(71), 'UCS-2', 71, 2],
    ['й'.repeat(134), 'UCS-2', 134, 2],
    ['й'.repeat(135), 'UCS-2', 135, 3],
    ['🙂', 'UCS-2', 2, 1],
    ['🙂'.repeat(35), 'UCS-2', 70, 1],
    ['🙂'.repeat(66), 'UCS-2', 132, 2],
    ['🙂'.repeat(67), 'UCS-2', 134, 3],
    [`${'a'.repeat(100)}🙂`, 'UCS-2', 102, 2],
  ])('%j', (text, encoding, units, segments) => {
    expect(countSegments(text)).toEqual({ encoding, units, segments });
  });

  it('no part holds more than it can, and one part fewer would not do', () => {
    const character = fc.constantFrom('a', '€', 'é', '{');
    fc.assert(
      fc.property(fc.array(character, { maxLength: 700 }), (characters) => {
        const { units, segments } = countSegments(characters.join(''));
        expect(units <= (segments <= 1 ? 160 : segments * 153)).toBe(true);
        // A part is left at most one unit short, by an escaped character that did not fit.
        if (segments > 1) expect(units > 160 && units > (segments - 1) * 152).toBe(true);
      }),
    );
  });
});

describe('preview', () => {
  it('is the text as it goes out, with its segments', () => {
    expect(previewTemplate('Hi {{a|there}}, {{b}}', { b: '€' })).toEqual({
      text: 'Hi there, €',
      missing: [],
      variables: ['a', 'b'],
      encoding: 'GSM-7',
      units: 12,
      segments: 1,
    });
  });

  it.each([
    ['{{a}} and {{b}}', 'x and {{b}}', ['b']],
    ['{{a}} and {{b', 'x and {{b', ['{{']],
    ['{{a}} {{}} {{b c|d}}', 'x {{}} {{b c|d}}', ['', 'b c']],
  ])('of %j leaves what is missing as it was written', (template, text, missing) => {
    expect(previewTemplate(template, { a: 'x' })).toMatchObject({ text, missing });
  });
});
