import { whatTheySaid } from './template.ts';
import type { JourneyTemplate } from './template.ts';

export const reEngagement: JourneyTemplate = {
  id: 're-engagement',
  name: 'Re-engagement of old leads',
  description:
    'For people whom nobody has spoken to for months. Three short texts over two weeks, in the late morning, and no call unless they answer.',
  definition: {
    start: 'morning',
    steps: [
      { id: 'morning', kind: 'wait', until: { time: '10:30' }, next: 'still' },
      {
        id: 'still',
        kind: 'sms',
        body: 'Hi {{first_name|there}}, {{organization}} here. Some time ago you asked us for help. Is it still of interest? Reply YES or NO. STOP to opt out.',
        next: 'first-answer',
      },
      {
        id: 'first-answer',
        kind: 'wait_for_reply',
        timeout: '4d',
        onReply: 'what-they-said',
        onTimeout: 'second-morning',
      },
      { id: 'second-morning', kind: 'wait', until: { time: '11:00', days: 1 }, next: 'news' },
      {
        id: 'news',
        kind: 'sms',
        body: 'Hi {{first_name|there}}, a lot has changed at {{organization}} since we last spoke. Shall we call you with what is new? Reply YES or NO.',
        next: 'second-answer',
      },
      {
        id: 'second-answer',
        kind: 'wait_for_reply',
        timeout: '6d',
        onReply: 'what-they-said',
        onTimeout: 'last-morning',
      },
      { id: 'last-morning', kind: 'wait', until: { time: '10:00', days: 1 }, next: 'close' },
      {
        id: 'close',
        kind: 'sms',
        body: '{{first_name|Hello}}, shall we close your file at {{organization}}? Reply YES if we should keep in touch; otherwise we will not write again.',
        next: 'last-answer',
      },
      {
        id: 'last-answer',
        kind: 'wait_for_reply',
        timeout: '3d',
        onReply: 'what-they-said',
        onTimeout: 'lost',
      },
      ...whatTheySaid,
      { id: 'lost', kind: 'set_stage', stage: 'Lost', autoCreate: true, next: 'end-no-answer' },
      { id: 'end-no-answer', kind: 'end', reason: 'no_answer' },
    ],
  },
};
