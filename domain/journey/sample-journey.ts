import type { JourneyDefinition } from './definition.ts';
import { whatTheySaid } from './templates/template.ts';

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
    ...whatTheySaid,
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
