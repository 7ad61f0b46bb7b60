import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyKeyword } from './opt-out.ts';

describe('keywords', () => {
  it.each([
    'STOP',
    'stop',
    'Stop',
    'sToP',
    ' STOP ',
    'STOP.',
    'stop!!!',
    '"STOP"',
    '“Stop”',
    "'stop'",
    'STOP 🛑',
    '🛑🛑 stop',
    '\nSTOP\n',
    'STOP\u200b',
    'ＳＴＯＰ',
    'S T O P',
    'S.T.O.P.',
    'STOP STOP STOP',
    'stop, unsubscribe',
    'opt out, opt out',
    'STOP ALL! STOP ALL',
    'S.T.O.P. S.T.O.P.',
    'opt_out',
    'stop opt-out',
    'STOPALL',
    'Stop all',
    'UNSUBSCRIBE',
    'unsubscribe.',
    'Cancel',
    'END',
    'end.',
    'quit',
    'Revoke',
    'OPT OUT',
    'opt-out',
    'OptOut',
    'Opt out!',
    '(stop)',
  ])('%j stops', (text) => {
    expect(classifyKeyword(text)).toBe('stop');
  });

  it.each(['START', 'start', 'Start.', 'UNSTOP', 'unstop!'])('%j starts', (text) => {
    expect(classifyKeyword(text)).toBe('start');
  });

  it.each(['HELP', 'help', 'Help!', 'INFO', 'info?'])('%j asks for help', (text) => {
    expect(classifyKeyword(text)).toBe('help');
  });

  it.each([
    '',
    '   ',
    '🙂',
    '...',
    'please stop by tomorrow',
    'stop by the office',
    'bus stop',
    'Stopped',
    'stops',
    'nonstop',
    'the end',
    'weekend',
    'quite',
    'quit smoking today',
    'cancel my appointment',
    'cancelled',
    'opt',
    'out',
    'opt in',
    'start tomorrow',
    'restart',
    'need help',
    'more info',
    'STOP START',
    'STOP2',
    'no',
    'yes',
    'YES',
  ])('%j is no keyword', (text) => {
    expect(classifyKeyword(text)).toBeNull();
  });

  it('YES resumes only for somebody who has opted out', () => {
    expect(classifyKeyword('Yes!', { optedOut: true })).toBe('start');
    expect(classifyKeyword('yes', { optedOut: false })).toBeNull();
    expect(classifyKeyword('yes please', { optedOut: true })).toBeNull();
    expect(classifyKeyword('STOP', { optedOut: true })).toBe('stop');
  });

  it('stops whatever case and punctuation surround the word', () => {
    const noise = fc.stringMatching(/^[ .,!?"'()*\-\n]{0,6}$/);
    const word = fc.constantFrom(
      'stop',
      'stopall',
      'unsubscribe',
      'cancel',
      'end',
      'quit',
      'revoke',
      'opt out',
      'opt-out',
    );
    fc.assert(
      fc.property(noise, word, fc.infiniteStream(fc.boolean()), noise, (left, keyword, upper, right) => {
        const cased = [...keyword]
          .map((letter) => (upper.next().value ? letter.toUpperCase() : letter))
          .join('');
        expect(classifyKeyword(left + cased + right)).toBe('stop');
      }),
    );
  });
});
