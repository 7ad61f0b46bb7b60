import { classifyKeyword } from './opt-out.ts';
import { clausesOf } from './reply-clauses.ts';
import type { Clause } from './reply-clauses.ts';
import {
  asksForText,
  courtesies,
  explicitYes,
  howClauses,
  noClauses,
  plainNoClauses,
  putsOff,
  questionClause,
  reconsiders,
  refusesCalls,
  refusesForNow,
  stopClauses,
  wrongNumberClauses,
  yesClauses,
} from './reply-patterns.ts';
import type { ClausePatterns } from './reply-patterns.ts';

export const replyIntents = [
  'stop',
  'start',
  'help',
  'wrong_number',
  'yes',
  'no',
  'question',
  'other',
] as const;
export type ReplyIntent = (typeof replyIntents)[number];

/**
 * What a reply means, by fixed wordings in English and Spanish. Only sure wordings count; whatever else a person writes
 * is 'other', for an AI or a person to read. When wordings disagree the more careful one wins: stop before wrong number
 * before question, and yes or no only when nothing in the message speaks against it.
 *
 * A plain refusal to be contacted ("take me off your list", "no me escriban") is 'stop' as much as the keyword is:
 * consent may be revoked by any reasonable means. Source: 47 CFR 64.1200(a)(10).
 */
export function classifyReply(text: string): ReplyIntent {
  const keyword = classifyKeyword(text) ?? classifyKeyword(text.replace(courtesyWords, ' '));
  if (keyword) return keyword;

  // Blanks around a message say nothing; some wordings look for the end of it.
  const clauses = clausesOf(text.trim());
  const is = (patterns: ClausePatterns) => (clause: Clause) =>
    patterns.some((pattern) => pattern.test(clause.words));

  const refusals = clauses.filter(is(stopClauses));
  if (refusals.length > 0) {
    const all = (pattern: RegExp) => refusals.every((clause) => pattern.test(clause.words));
    const any = (pattern: RegExp) => clauses.some((clause) => pattern.test(clause.words));
    const halfMeant = (all(refusesCalls) && any(asksForText)) || (all(refusesForNow) && any(putsOff));
    return halfMeant ? 'other' : 'stop';
  }
  if (clauses.some((clause) => !clause.asks && is(wrongNumberClauses)(clause))) return 'wrong_number';
  if (clauses.some((clause) => clause.asks || questionClause.test(clause.words))) return 'question';
  if (agrees(clauses)) return 'yes';
  if (declines(clauses)) return 'no';
  return 'other';

  function agrees(all: Clause[]): boolean {
    return (
      all.some((clause) => is(yesClauses)(clause) || explicitYes.test(clause.words)) &&
      all.every((clause) => is(yesClauses)(clause) || is(courtesies)(clause) || tellsHow(clause.words))
    );
  }

  function declines(all: Clause[]): boolean {
    const rest = all.filter((clause) => !is(courtesies)(clause));
    const refuses = (clause: Clause) => is(noClauses)(clause) || is(plainNoClauses)(clause);
    if (rest.length === 0) return false;
    if (rest.every(refuses)) return true;
    return (
      rest.some(is(plainNoClauses)) &&
      refuses(rest[0]!) &&
      rest.every((clause) => refuses(clause) || !reconsiders.test(clause.words))
    );
  }
}

/** When or how to reach the person, maybe after a yes in the same breath ("yes call me tomorrow"). */
function tellsHow(words: string): boolean {
  const rest = words.replace(explicitYes, '');
  return howClauses.some((pattern) => pattern.test(rest)) && !/\b(?:not|no|never|nunca)\b/.test(rest);
}

const courtesyWords = /\b(?:please|pls|plz|thanks|thank you|thx|por favor|gracias)\b/gi;
