import { whatTheySaid } from './template.ts';
import type { JourneyTemplate } from './template.ts';

export const missedYou: JourneyTemplate = {
  id: 'missed-you',
  name: 'Missed call or missed appointment',
  description:
    'For people who called and reached nobody, or did not come to their appointment. A text at once, a call after an hour, and a new time offered the day after.',
  definition: {
    start: 'sorry',
    steps: [
      {
        id: 'sorry',
        kind: 'sms',
        body: 'Hi {{first_name|there}}, sorry that we missed each other. {{organization}} here: how can we help? Reply here, or YES for a call. STOP to opt out.',
        // They have just been in touch: the windows against repeated texts are not for this one.
        urgent: true,
        shelfLife: { for: '12h' },
        next: 'an-hour',
      },
      { id: 'an-hour', kind: 'wait_for_reply', timeout: '1h', onReply: 'what-they-said', onTimeout: 'call' },
      {
        id: 'call',
        kind: 'call',
        say: 'Hello {{first_name|}}, this is {{organization}}. We missed each other and would like to find a new time with you. Please answer our text. Goodbye.',
        voicemail:
          'Hello, this is {{organization}}. We missed each other and would like to find a new time with you. Please answer our text. Goodbye.',
        maxAttempts: 2,
        retryAfter: '3h',
        on: { answered: 'spoken' },
        next: 'tomorrow',
      },
      { id: 'spoken', kind: 'set_stage', stage: 'Contacted', next: 'their-time' },
      {
        id: 'their-time',
        kind: 'wait_for_reply',
        timeout: '1d',
        onReply: 'what-they-said',
        onTimeout: 'end-spoken',
      },
      { id: 'end-spoken', kind: 'end', reason: 'spoken' },
      { id: 'tomorrow', kind: 'wait', until: { time: '10:00', days: 1 }, next: 'new-time' },
      {
        id: 'new-time',
        kind: 'sms',
        body: 'Hi {{first_name|there}}, shall we find a new time? Reply with a day and an hour that suit you, and {{organization}} will confirm it.',
        next: 'last-answer',
      },
      {
        id: 'last-answer',
        kind: 'wait_for_reply',
        timeout: '3d',
        onReply: 'what-they-said',
        onTimeout: 'end-no-answer',
      },
      // Most likely a day and an hour: a person confirms it.
      ...whatTheySaid,
      { id: 'end-no-answer', kind: 'end', reason: 'no_answer' },
    ],
  },
};
