import { whatTheySaid } from './template.ts';
import type { JourneyTemplate } from './template.ts';

export const speedToLead: JourneyTemplate = {
  id: 'speed-to-lead',
  name: 'Speed to lead',
  description:
    'For people who have just asked for something. A text at once, a call five minutes later, two more calls over two days, and a last text.',
  definition: {
    start: 'hello',
    steps: [
      {
        id: 'hello',
        kind: 'sms',
        body: 'Hi {{first_name|there}}, {{organization}} here. Thanks for asking! We will call you in a few minutes. Prefer to text? Just reply. STOP to opt out.',
        // Late in the evening it waits for the morning, and then it is still worth sending; a day later it is not.
        shelfLife: { for: '1d' },
        next: 'minutes',
      },
      {
        id: 'minutes',
        kind: 'wait_for_reply',
        timeout: '5m',
        onReply: 'what-they-said',
        onTimeout: 'call',
      },
      {
        id: 'call',
        kind: 'call',
        say: 'Hello {{first_name|}}, this is {{organization}}. You have just asked about us. We will send you a text, so that you can tell us when it suits you. Goodbye.',
        voicemail:
          'Hello, this is {{organization}}. You have just asked about us, and we would like to help. We will send you a text. Goodbye.',
        maxAttempts: 3,
        retryAfter: '8h',
        on: { answered: 'spoken', voicemail: 'missed-you' },
        next: 'missed-you',
      },
      { id: 'spoken', kind: 'set_stage', stage: 'Contacted', next: 'after-call' },
      {
        id: 'after-call',
        kind: 'sms',
        body: 'Good to reach you, {{first_name|hello}}. When may {{organization}} call to go through it? Reply with a day and time.',
        urgent: true,
        next: 'answer',
      },
      {
        id: 'missed-you',
        kind: 'sms',
        body: 'Hi {{first_name|there}}, {{organization}} tried to call you about your request. Reply YES and we call again, or tell us a better time.',
        urgent: true,
        next: 'answer',
      },
      {
        id: 'answer',
        kind: 'wait_for_reply',
        timeout: '2d',
        onReply: 'what-they-said',
        onTimeout: 'last-text',
      },
      {
        id: 'last-text',
        kind: 'sms',
        body: 'Hi {{first_name|there}}, we do not want to bother you. Reply YES any time and {{organization}} is there for you.',
        next: 'last-answer',
      },
      {
        id: 'last-answer',
        kind: 'wait_for_reply',
        timeout: '5d',
        onReply: 'what-they-said',
        onTimeout: 'end-no-answer',
      },
      ...whatTheySaid,
      { id: 'end-no-answer', kind: 'end', reason: 'no_answer' },
    ],
  },
};
