/** A clause of a message in one spelling: lower case, without accents and punctuation, contractions written out. */
export type Clause = {
  words: string;
  /** It ended in a question mark. */
  asks: boolean;
};

/** Contractions written out, also where the apostrophe was left out. */
const spelledOut: readonly (readonly [RegExp, string])[] = [
  [/\bcan'?t\b/g, 'can not'],
  [/\bwon'?t\b/g, 'will not'],
  [/\b(do|does|did|is|are|was|has|have|would|could|should)n'?t\b/g, '$1 not'],
  [/\bi'?m\b/g, 'i am'],
  [/\b(you|we|they)'re\b/g, '$1 are'],
  [/\byoure\b/g, 'you are'],
  [/\b(i|you|we|they)'?ve\b/g, '$1 have'],
  [/\b(i|you|we|they|he|she)'d\b/g, '$1 would'],
  [/\bi'?ll\b/g, 'i will'],
  [/\b(who|what|that|it|there|he|she|how|where|when)'s\b/g, '$1 is'],
  [/\b(who|what|that|there)s\b/g, '$1 is'],
  [/\blet'?s\b/g, 'let us'],
  [/\bwrong #/g, 'wrong number '],
];

/** Cuts a message where its sentences and clauses end and brings each to one spelling. */
export function clausesOf(text: string): Clause[] {
  let plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\p{Cf}]/gu, '')
    .replace(/[’‘`´]/g, "'")
    .toLowerCase();
  for (const [pattern, words] of spelledOut) plain = plain.replace(pattern, words);
  return plain
    .split(/(?<=[?!.,;:\n…])|\s(?:-|–|—)\s|\s(?=(?:but|pero)\s)/)
    .map((part) => ({
      words: part
        .replace(/^\s*(?:but|pero)\s/, '')
        .replace(/'/g, '')
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
      asks: /[?¿]/.test(part),
    }))
    .filter((clause) => clause.words !== '' || clause.asks);
}
