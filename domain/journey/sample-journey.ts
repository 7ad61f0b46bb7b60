import type { JourneyDefinition } from './definition.ts';

/**
 * The journey of the sample campaign: a text, a day for the answer, calls with retries, a text after a voicemail, and a
 * last text. It shows every kind of step, and a newcomer's first campaign can begin as a copy of it.
 */
export const sampleJourney: JourneyDefinition = {
  start: 'first-text',
  steps: [
    {
      id: 'first-text',
      kind: 'sms',
      body: 'Hi {{first_name|there}}, this is {{organization}}. You asked about a free quote. Reply YES and we call you, or STOP to opt out.',
      next: 'first-answer',
    },
    {
      id: 'first-answer',
      kind: 'wait_for_reply',
      timeout: '1d',
      onReply: 'what-they-said',
      onTimeout: 'call',
    },
    {
      id: 'what-they-said',
      kind: 'branch',
      cases: [
        { when: { fact: 'last_reply', is: 'equals', value: 'yes' }, next: 'interested' },
        { when: { fact: 'last_reply', is: 'equals', value: 'no' }, next: 'not-interested' },
        { when: { fact: 'last_reply', is: 'equals', value: 'wrong_number' }, next: 'wrong-number' },
      ],
      otherwise: 'hand-over',
    },
    { id: 'interested', kind: 'disposition', disposition: 'interested', next: 'end-interested' },
    { id: 'end-interested', kind: 'end', reason: 'interested' },
    { id: 'not-interested', kind: 'disposition', disposition: 'not_interested', next: 'end-not-interested' },
    { id: 'end-not-interested', kind: 'end', reason: 'not_interested' },
    { id: 'wrong-number', kind: 'disposition', disposition: 'wrong_number', next: 'end-wrong-number' },
    { id: 'end-wrong-number', kind: 'end', reason: 'wrong_number' },
    // A question, or words that no rule is sure of, are a person's to answer.
    { id: 'hand-over', kind: 'disposition', disposition: 'callback_requested', next: 'end-handed-over' },
    { id: 'end-handed-over', kind: 'end', reason: 'handed_over' },
    {
      id: 'call',
      kind: 'call',
      say: 'Hello {{first_name|}}, this is {{organization}} about the quote that you asked for. We will send you a text with the details. Goodbye.',
      voicemail:
        'Hello, this is {{organization}} about the quote that you asked for. We will send you a text. Goodbye.',
      maxAttempts: 3,
      retryAfter: '4h',
      on: { answered: 'spoken', voicemail: 'after-voicemail' },
      next: 'pause-before-last',
    },
    { id: 'spoken', kind: 'set_stage', stage: 'Contacted', next: 'end-spoken' },
    { id: 'end-spoken', kind: 'end', reason: 'spoken' },
    {
      id: 'after-voicemail',
      kind: 'sms',
      body: 'Hi {{first_name|there}}, {{organization}} here. Sorry we missed you just now. Reply YES for a call back, or STOP to opt out.',
      next: 'second-answer',
    },
    {
      id: 'second-answer',
      kind: 'wait_for_reply',
      timeout: '2d',
      onReply: 'what-they-said',
      onTimeout: 'pause-before-last',
    },
    { id: 'pause-before-last', kind: 'wait', until: { time: '10:00', days: 1 }, next: 'last-text' },
    {
      id: 'last-text',
      kind: 'sms',
      body: '{{first_name|Hello}}, this is our last note about your quote from {{organization}}. Reply YES any time if you still want it.',
      next: 'last-answer',
    },
    {
      id: 'last-answer',
      kind: 'wait_for_reply',
      timeout: '3d',
      onReply: 'what-they-said',
      onTimeout: 'end-no-answer',
    },
    { id: 'end-no-answer', kind: 'end', reason: 'no_answer' },
  ],
};
