import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeRefusal } from './reply-doubt.ts';
import { classifyReply } from './reply-intent.ts';
import { fastestMs } from './testing/fastest.ts';

const doubtful = [
  "Don't call me, text me",
  "don't call me. just text me please",
  "Don't call me, I'm driving",
  "don't text me at work",
  "don't call me before 5",
  "don't call me unless it is urgent",
  'Cancel. I can not make it on Tuesday',
  'STOP START',
  'stop and call me',
  'Do I have to opt out?',
  'I thought I had unsubscribed',
  'I already opted out last week',
  'I told your company to take me off the list weeks ago and still you write',
  'why do you not leave me alone',
  'isn’t my number on the do not call list?',
  'I am so tired of these calls',
  'I am going to report you',
  'You will hear from my lawyer',
  'Yes, I got your message and told my lawyer',
  'is this a scam',
  'Will you people ever stop',
  'blocking you now',
  'quit with the constant texting will ya',
  'no me llamen antes de las 5',
  'no me llame ahora',
  'si me llaman otra vez los demando',
  'ya les dije que no quiero sus mensajes',
  'cómo hago para que dejen de molestar',
  'los voy a denunciar',
];

const harmless = [
  '',
  '👍',
  'ok',
  'Yes please',
  'no',
  'No thanks',
  'not interested',
  'wrong number',
  'Who is this?',
  'How much does it cost?',
  'call me later',
  'call me tomorrow at 5',
  'please text me the address',
  'please stop by tomorrow',
  "I'll stop by tomorrow",
  "I'm at the bus stop",
  "don't stop texting me",
  "can't stop laughing",
  'I had to stop the car',
  'cancel my appointment',
  'end of the month',
  'I quit my job',
  'maybe later',
  'busy right now',
  'this is not a good time',
  'No thanks, but call me in June',
  'do not forget to sign it',
  'leave me a message',
  'Remove the sofa please',
  'sí, me interesa',
  'no gracias',
  'llámeme mañana',
  'baja el precio',
  'no tengo tiempo ahora',
];

describe('a reply that may be a refusal', () => {
  it.each(doubtful)('%j is for a person to read', (text) => {
    expect(mayBeRefusal(text)).toBe(true);
  });

  it.each(harmless)('%j holds nobody up', (text) => {
    expect(mayBeRefusal(text)).toBe(false);
  });

  it.each(['STOP', 'please take me off your list', 'no me escriban', 'START', 'HELP'])(
    '%j is sure, and nobody is asked',
    (text) => {
      expect(mayBeRefusal(text)).toBe(false);
    },
  );

  it('is never both sure and in doubt, and is read in no time', () => {
    const word = fc.constantFrom(
      'stop',
      'no',
      'me',
      'text',
      'please',
      'call',
      'take',
      'off',
      'list',
      ',',
      '.',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => {
        const text = words.join(' ');
        expect(classifyReply(text) === 'stop' && mayBeRefusal(text)).toBe(false);
      }),
    );
    const long = 'take me no more leave my '.repeat(64);
    expect(fastestMs(() => mayBeRefusal(long))).toBeLessThan(200);
  });
});
