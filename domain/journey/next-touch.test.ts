import { expect, test } from 'vitest';
import type { JourneyDefinition } from './definition.ts';
import { nextTouch } from './next-touch.ts';

const definition: JourneyDefinition = {
  start: 'text',
  steps: [
    { id: 'text', kind: 'sms', body: 'Hello', next: 'listen' },
    { id: 'listen', kind: 'wait_for_reply', timeout: '1d', onReply: 'end', onTimeout: 'note' },
    { id: 'note', kind: 'disposition', disposition: 'no_answer', next: 'stage' },
    { id: 'stage', kind: 'set_stage', stage: 'New', next: 'rest' },
    { id: 'rest', kind: 'wait', for: '1h', next: 'call' },
    { id: 'call', kind: 'call', say: 'Hello', next: 'choose' },
    { id: 'choose', kind: 'branch', cases: [], otherwise: 'text' },
    { id: 'round', kind: 'wait', for: '1h', next: 'about' },
    { id: 'about', kind: 'wait', for: '1h', next: 'round' },
    { id: 'end', kind: 'end' },
  ],
};

test.each([
  ['text', 'text', true],
  ['listen', 'call', false],
  ['note', 'call', true],
  ['rest', 'call', true],
  ['call', 'call', true],
])('from %s the next touch is %s', (from, stepId, certain) => {
  const next = nextTouch(definition, from);
  expect([next?.step.id, next?.certain]).toEqual([stepId, certain]);
});

test.each(['choose', 'end', 'round'])('from %s nobody can say', (from) => {
  expect(nextTouch(definition, from)).toBeNull();
});
