import { handedOver } from './template.ts';
import type { JourneyTemplate } from './template.ts';

export const renewalNotice: JourneyTemplate = {
  id: 'renewal-notice',
  name: 'Renewal notice',
  description:
    'For customers whose contract runs out; the field renewal_date says when, as people read it. Launch it a month before. A text, a reminder after two weeks, then a call.',
  definition: {
    start: 'notice',
    steps: [
      {
        id: 'notice',
        kind: 'sms',
        body: 'Hi {{first_name|there}}, your contract with {{organization}} renews on {{custom.renewal_date}}. Reply YES to keep it, or with your questions. STOP to opt out.',
        next: 'first-answer',
      },
      {
        id: 'first-answer',
        kind: 'wait_for_reply',
        timeout: '14d',
        onReply: 'what-they-said',
        onTimeout: 'still-a-customer',
      },
      {
        id: 'still-a-customer',
        kind: 'branch',
        // Whoever has renewed on another way in the meantime is left alone.
        cases: [
          { when: { fact: 'lead', field: 'stage', is: 'equals', value: 'Won' }, next: 'end-renewed' },
          { when: { fact: 'lead', field: 'tags', is: 'contains', value: 'renewed' }, next: 'end-renewed' },
        ],
        otherwise: 'reminder',
      },
      {
        id: 'reminder',
        kind: 'sms',
        body: 'Hi {{first_name|there}}, a reminder: {{custom.renewal_date}} is the date of your renewal with {{organization}}. Reply YES to renew or NO to talk about it.',
        next: 'second-answer',
      },
      {
        id: 'second-answer',
        kind: 'wait_for_reply',
        timeout: '3d',
        onReply: 'what-they-said',
        onTimeout: 'call',
      },
      {
        id: 'call',
        kind: 'call',
        say: 'Hello {{first_name|}}, this is {{organization}} about your renewal on {{custom.renewal_date}}. Please answer our text with yes, or tell us when we may call you back. Goodbye.',
        voicemail:
          'Hello, this is {{organization}} about your renewal on {{custom.renewal_date}}. Please answer our text, or call us back. Goodbye.',
        maxAttempts: 3,
        retryAfter: '1d',
        next: 'last-answer',
      },
      {
        id: 'last-answer',
        kind: 'wait_for_reply',
        timeout: '7d',
        onReply: 'what-they-said',
        onTimeout: 'end-no-answer',
      },
      {
        id: 'what-they-said',
        kind: 'branch',
        cases: [
          { when: { fact: 'last_reply', is: 'equals', value: 'yes' }, next: 'renews' },
          { when: { fact: 'last_reply', is: 'equals', value: 'wrong_number' }, next: 'wrong-number' },
        ],
        // A no is somebody's to talk about: the customer is still one.
        otherwise: 'hand-over',
      },
      { id: 'renews', kind: 'disposition', disposition: 'interested', next: 'thanks' },
      {
        id: 'thanks',
        kind: 'sms',
        body: 'Thank you, {{first_name|that is good to hear}}. {{organization}} will send you what you need for your renewal.',
        urgent: true,
        next: 'end-renewed',
      },
      { id: 'end-renewed', kind: 'end', reason: 'renewed' },
      ...handedOver,
      { id: 'end-no-answer', kind: 'end', reason: 'no_answer' },
    ],
  },
};
