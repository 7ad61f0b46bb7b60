import { chooseOne, draw } from '#simulator/draw.ts';

const words = [
  'stop',
  'stopall',
  'stop all',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'opt out',
  'opt-out',
  'optout',
  'opt_out',
];
const noise = [
  '',
  '',
  '',
  ' ',
  '  ',
  '\n',
  '\t',
  '\u00a0',
  '.',
  '!',
  '!!!',
  ',',
  '…',
  '"',
  '“',
  '”',
  "'",
  '(',
  ')',
  '*',
];
const further = ['-', ' 🛑', '🙏 ', '\u200b', '\ufeff', '\u200f', ' .', '\r\n', '¡', '?'];

/**
 * How people spell a keyword: letters in any case or width, blanks, punctuation, emoji and characters that nobody sees
 * around it, letters apart, the word twice. The same seed and number give the same spelling.
 */
export function spellingOf(seed: number, nr: number): string {
  const at = (what: string) => draw(seed, 'spelling', nr, what);
  const around = (side: string) =>
    [0, 1, 2].map((place) => chooseOne(at(`${side}${place}`), [...noise, ...further])).join('');
  const word = words[nr % words.length]!;
  const cased = [...word].map((letter, place) => shaped(letter, at(`letter${place}`), at('shape'))).join('');
  const spaced =
    at('spaced') < 0.15 ? [...cased].join(chooseOne(at('between'), [' ', '.', '-', '. '])) : cased;
  const said =
    at('twice') < 0.1 ? `${spaced}${chooseOne(at('again'), [' ', ', ', '! ', '\n'])}${spaced}` : spaced;
  return around('left') + said + around('right');
}

/** Upper case, lower case, mixed, or the wide letters of East Asian keyboards. */
function shaped(letter: string, at: number, shape: number): string {
  if (shape < 0.25) return letter;
  if (shape < 0.5) return letter.toUpperCase();
  if (shape < 0.9) return at < 0.5 ? letter : letter.toUpperCase();
  return /[a-z]/.test(letter) ? String.fromCodePoint(letter.toUpperCase().codePointAt(0)! + 0xfee0) : letter;
}
