import { handedOver } from './template.ts';
import type { JourneyTemplate } from './template.ts';

export const appointmentReminder: JourneyTemplate = {
  id: 'appointment-reminder',
  name: 'Appointment reminder with confirmation',
  description:
    'Launch it the day before the appointment; the field appointment_time says when it is, as people read it. Asks for a yes, calls those who do not answer, and reminds the others in the morning.',
  definition: {
    start: 'ask',
    steps: [
      {
        id: 'ask',
        kind: 'sms',
        body: 'Hi {{first_name|there}}, this is {{organization}}. Your appointment: {{custom.appointment_time}}. Reply YES to confirm or NO to change it. STOP to opt out.',
        shelfLife: { for: '20h' },
        next: 'answer',
      },
      { id: 'answer', kind: 'wait_for_reply', timeout: '4h', onReply: 'what-they-said', onTimeout: 'call' },
      {
        id: 'call',
        kind: 'call',
        say: 'Hello {{first_name|}}, this is {{organization}}. We remind you of your appointment, {{custom.appointment_time}}. Please answer our text with yes or no. Goodbye.',
        voicemail:
          'Hello, this is {{organization}}. We remind you of your appointment, {{custom.appointment_time}}. Please answer our text with yes or no. Goodbye.',
        maxAttempts: 2,
        retryAfter: '2h',
        next: 'second-answer',
      },
      {
        id: 'second-answer',
        kind: 'wait_for_reply',
        timeout: '12h',
        onReply: 'what-they-said',
        onTimeout: 'unconfirmed',
      },
      {
        id: 'what-they-said',
        kind: 'branch',
        cases: [
          { when: { fact: 'last_reply', is: 'equals', value: 'yes' }, next: 'confirmed' },
          { when: { fact: 'last_reply', is: 'equals', value: 'wrong_number' }, next: 'wrong-number' },
        ],
        // A no, another time, a question: a person looks at the calendar.
        otherwise: 'hand-over',
      },
      { id: 'confirmed', kind: 'set_stage', stage: 'Appointment', autoCreate: true, next: 'thanks' },
      {
        id: 'thanks',
        kind: 'sms',
        body: 'Thank you, {{first_name|and see you soon}}. Confirmed: {{custom.appointment_time}}. {{organization}}',
        urgent: true,
        shelfLife: { for: '12h' },
        next: 'end-confirmed',
      },
      { id: 'end-confirmed', kind: 'end', reason: 'confirmed' },
      ...handedOver,
      {
        id: 'unconfirmed',
        kind: 'sms',
        body: 'Hi {{first_name|there}}, a reminder from {{organization}}: {{custom.appointment_time}}. Reply NO if you cannot come.',
        shelfLife: { for: '8h' },
        next: 'last-answer',
      },
      {
        id: 'last-answer',
        kind: 'wait_for_reply',
        timeout: '8h',
        onReply: 'what-they-said',
        onTimeout: 'end-unconfirmed',
      },
      { id: 'end-unconfirmed', kind: 'end', reason: 'unconfirmed' },
    ],
  },
};
