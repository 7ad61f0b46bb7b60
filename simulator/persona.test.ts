import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callOutcome, personaKinds, personaOf, textOutcome } from './persona.ts';
import { isStopKeyword } from './carrier-keywords.ts';
import { leadPhone } from './testing/rig.ts';

const seeds = fc.oneof(fc.integer(), fc.string());
const phones = fc.integer({ min: 0, max: 999_999 }).map(leadPhone);
const attempts = fc.integer({ min: 1, max: 8 });
const crowd = Array.from({ length: 5_000 }, (_, index) => personaOf(7, leadPhone(index)));

describe('a person', () => {
  it('is the same whenever and however often one asks', () => {
    fc.assert(
      fc.property(seeds, phones, attempts, (seed, phone, attempt) => {
        const persona = personaOf(seed, phone);
        expect(personaOf(seed, phone)).toEqual(persona);
        const ask = () => [
          textOutcome(seed, phone, persona, attempt),
          callOutcome(seed, phone, persona, attempt),
        ];
        expect(ask()).toEqual(ask());
      }),
    );
  });

  it('differs by phone and by seed', () => {
    expect(new Set(crowd.map(({ kind }) => kind))).toEqual(new Set(personaKinds));
    const others = crowd.map((_, index) => personaOf(8, leadPhone(index)));
    expect(others.filter((other, index) => other.kind === crowd[index]?.kind).length).toBeLessThan(2_000);
  });

  it('is of each kind about as often as the mixture says', () => {
    const shareOf = (kind: string) => crowd.filter((persona) => persona.kind === kind).length / crowd.length;
    expect(shareOf('ignores')).toBeCloseTo(0.3, 1);
    expect(shareOf('replies_stop')).toBeGreaterThan(0.025);
    expect(shareOf('replies_stop')).toBeLessThan(0.055);
  });

  it('can be told which kind to be, without changing the rest of its draws', () => {
    const free = personaOf(7, leadPhone(1));
    const told = personaOf(7, leadPhone(1), 'replies_yes');
    expect(told).toMatchObject({ kind: 'replies_yes', language: free.language, lineType: free.lineType });
  });
});

describe('its texts', () => {
  it('are at most two replies, each 2 to 50 minutes after a delivered text', () => {
    fc.assert(
      fc.property(seeds, phones, (seed, phone) => {
        const persona = personaOf(seed, phone);
        const outcomes = [1, 2, 3, 4, 5, 6].map((attempt) => textOutcome(seed, phone, persona, attempt));
        const replies = outcomes.filter(({ reply }) => reply !== null);
        expect(replies.length).toBeLessThanOrEqual(2);
        for (const { reply, errorCode } of replies) {
          expect(errorCode).toBeNull();
          expect(reply?.delayMs).toBeGreaterThanOrEqual(2 * 60_000);
          expect(reply?.delayMs).toBeLessThanOrEqual(50 * 60_000);
          expect(reply?.body).not.toBe('');
        }
      }),
    );
  });

  it('of somebody who wants out are words that the carrier itself understands, in more than one spelling', () => {
    const bodies = Array.from({ length: 400 }, (_, index) => {
      const phone = leadPhone(index);
      const persona = personaOf(7, phone, 'replies_stop');
      return [1, 2].flatMap((attempt) => textOutcome(7, phone, persona, attempt).reply?.body ?? []);
    }).flat();
    expect(bodies.length).toBeGreaterThan(300);
    expect(bodies.filter((body) => !isStopKeyword(body))).toEqual([]);
    expect(new Set(bodies).size).toBeGreaterThan(6);
  });

  it('never reach a landline', () => {
    const index = crowd.findIndex(({ lineType }) => lineType === 'landline');
    const persona = personaOf(7, leadPhone(index));
    for (const attempt of [1, 2, 3]) {
      expect(textOutcome(7, leadPhone(index), persona, attempt)).toMatchObject({
        errorCode: '30006',
        reply: null,
      });
    }
  });
});

describe('its calls', () => {
  it('fare differently later for some: nobody first, a person then', () => {
    const changed = crowd.filter((persona, index) => {
      const results = [1, 2].map((attempt) => callOutcome(7, leadPhone(index), persona, attempt));
      return results[0]?.result === 'no-answer' && results[1]?.result === 'picked_up';
    });
    expect(changed.length / crowd.length).toBeGreaterThan(0.02);
  });

  it('come to every end there is', () => {
    const ends = crowd.map((persona, index) => callOutcome(7, leadPhone(index), persona, 1));
    expect(new Set(ends.map(({ result }) => result))).toEqual(
      new Set(['picked_up', 'busy', 'no-answer', 'failed']),
    );
    const verdicts = ends.map((end) => (end.result === 'picked_up' ? end.answeredBy : null));
    expect(new Set(verdicts)).toEqual(new Set(['human', 'unknown', 'machine_start', null]));
  });
});
