import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localTimeIn } from './calling-window.ts';
import { decide } from './gate.ts';
import type { GateDecision, GateFacts } from './gate.ts';
import { refusalCodes } from './refusals.ts';
import { arbitraryFacts } from './testing/gate-facts.ts';

function always(holds: (facts: GateFacts, decision: GateDecision) => void): void {
  fc.assert(
    fc.property(arbitraryFacts, (facts) => holds(facts, decide(facts))),
    { numRuns: 1_000 },
  );
}

const codeOf = (decision: GateDecision) => ('code' in decision ? decision.code : null);

test('the facts reach every decision, so that these properties are about something', () => {
  const seen = new Set(
    fc.sample(arbitraryFacts, { numRuns: 3_000, seed: 1 }).map((facts) => {
      const decision = decide(facts);
      return `${decision.decision} ${codeOf(decision) ?? ''}`;
    }),
  );
  expect(seen.size).toBeGreaterThanOrEqual(16);
});

test('nothing is sent to a number or person that must be left alone', () => {
  always((facts, { decision }) => {
    const forbidden =
      !facts.phoneValid ||
      facts.consent === 'opt_out' ||
      facts.onDnc ||
      facts.leadBlocked ||
      facts.launchCancelled ||
      (facts.settings.requireConsent && facts.consent !== 'opt_in');
    if (forbidden) expect(decision).toBe('refuse');
  });
});

test('nothing is sent while sending is stopped or paused', () => {
  always((facts, { decision }) => {
    if (facts.sendingStopped || facts.campaignPaused || facts.launchPaused) {
      expect(['refuse', 'hold']).toContain(decision);
    }
  });
});

test('nothing is sent before 8:00 or from 21:00 on in any zone that the lead may be in, or when none is known', () => {
  always((facts, { decision }) => {
    if (decision !== 'send') return;
    expect(facts.timeZones.length).toBeGreaterThan(0);
    for (const zone of facts.timeZones) {
      const { hour, minute } = localTimeIn(facts.now, zone);
      expect(hour * 60 + minute).toBeGreaterThanOrEqual(8 * 60);
      expect(hour * 60 + minute).toBeLessThan(21 * 60);
    }
  });
});

test('what is sent goes out from a number of ours that can, and may today', () => {
  always((facts, decision) => {
    if (decision.decision !== 'send') return;
    const { number } = decision;
    expect(facts.numbers).toContain(number);
    expect(facts.channel === 'sms' ? number.canSms : number.canVoice).toBe(true);
    expect(number.usedToday).toBeLessThan(number.dailyCap ?? Infinity);
  });
});

test('urgent overrides the duplicate windows, and nothing else', () => {
  always((facts) => {
    const [calm, urgent] = [decide({ ...facts, urgent: false }), decide({ ...facts, urgent: true })];
    const overridden = ['RECENT_SMS', 'RECENT_REPLY'].includes(codeOf(calm) ?? '');
    if (!overridden) expect(urgent).toEqual(calm);
    // What stands behind the window may wait for longer than the message lives.
    else if (urgent.decision === 'refuse') expect(urgent.code).toBe('EXPIRED');
    else expect(['send', 'defer']).toContain(urgent.decision);
    expect(['RECENT_SMS', 'RECENT_REPLY']).not.toContain(codeOf(urgent));
  });
});

test('a deferral is to a later time, at which its reason is gone', () => {
  always((facts, decision) => {
    if (decision.decision !== 'defer') return;
    expect(decision.until.getTime()).toBeGreaterThan(facts.now.getTime());
    const numbers = facts.numbers.map((number) => ({ ...number, usedToday: 0 }));
    const then = decide({ ...facts, now: decision.until });
    if (decision.code === 'QUIET_HOURS') expect(codeOf(then)).not.toBe('QUIET_HOURS');
    else {
      const usable = numbers.some(({ dailyCap }) => dailyCap !== 0);
      if (usable) expect(decide({ ...facts, now: decision.until, numbers })).not.toEqual(decision);
    }
  });
});

test('the same facts are decided the same, and a no always has a code of the list', () => {
  always((facts, decision) => {
    expect(decide(structuredClone(facts))).toEqual(decision);
    if (decision.decision !== 'send') expect(refusalCodes).toContain(decision.code);
  });
});
