/**
 * The words by which people stop and resume messages. A keyword counts only when it is the whole message.
 * Sources: 47 CFR 64.1200(a)(10) (stop, quit, end, revoke, opt out, cancel, unsubscribe); CTIA "Messaging Principles and
 * Best Practices" and the carriers' own lists for STOPALL, START, UNSTOP, HELP and INFO.
 */
export type Keyword = 'stop' | 'start' | 'help';

const stopWords = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'] as const;

const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ...stopWords.map((word) => [word, 'stop'] as const),
  ['START', 'start'],
  ['UNSTOP', 'start'],
  ['HELP', 'help'],
  ['INFO', 'help'],
]);

const onlyStopWords = new RegExp(`^(?:${stopWords.join('|')})+$`);

/**
 * The keyword that a message consists of, or null. Case, blanks, punctuation, quotes and emoji do not count ("Opt-out!",
 * "S T O P", "“stop” 🛑"), nor does saying it twice ("STOP STOP", "opt out, opt out"); any further word does ("please stop by tomorrow").
 *
 * YES resumes messages only for somebody who has opted out; to everybody else it is an answer.
 */
export function classifyKeyword(
  text: string,
  { optedOut = false }: { optedOut?: boolean } = {},
): Keyword | null {
  const words = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\p{Cf}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const joined = words.join('');
  if (optedOut && joined === 'YES') return 'start';
  const found = keywords.get(joined);
  if (found) return found;
  if (onlyStopWords.test(joined)) return 'stop';
  const each = words.map((word) => keywords.get(word));
  return each.length > 0 && each.every((keyword) => keyword === each[0]) ? (each[0] ?? null) : null;
}
