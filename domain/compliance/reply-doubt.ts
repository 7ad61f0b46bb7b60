import { classifyKeyword } from './opt-out.ts';
import { clausesOf } from './reply-clauses.ts';
import { classifyReply } from './reply-intent.ts';

/**
 * Words that sound like a refusal to be contacted, in the spelling of `clausesOf`. They are looked for anywhere in a
 * clause: a false alarm costs a person a look, a refusal that nobody noticed costs much more.
 */
const suspicions: readonly RegExp[] = [
  /\b(?:unsubscri|unsub\b|desuscri)/,
  /\bopt(?:ed|ing)? ?(?:me )?out\b/,
  /\b(?:do not|no) (?:call|contact|text) (?:list|registry)\b/,
  /\b(?:do not|never|no more|without|quit|avoid|cease|tired of|sick of|enough) (?!stop )(?:\w+ ){0,3}(?:text|call|messag|msg|contact|sms|email|e mail|writ|send|bother|spam|harass)/,
  /\b(?:take|get|remove|delete|erase|drop|scrub|strike|leave) (?:\w+ ){0,3}(?:me|my (?:name|number|phone|info|cell)|this number|us) ?(?:\w+ ){0,3}(?:off|alone|be|out|from|list|database|number|please|now|$)/,
  /\b(?:harass\w*|spam\w*|scam\w*|tcpa|fcc|ftc|lawyer|attorney|sue|suing|lawsuit|cease and desist)\b/,
  /\breport(?:ing|ed)? (?:you|this|u)\b/,
  /\bblock(?:ing|ed)? (?:you|this|u)\b/,
  // Spanish
  /\bno (?:me|nos) (?:\w+ ){0,3}(?:escrib|llam|mand|envi|molest|contact|text|habl|busc)/,
  /\b(?:dej|par)(?:e|en|a|eme|enme|ame) (?:ya )?de\b/,
  /\bno (?:quiero|deseo|queremos) (?:\w+ ){0,3}(?:mensaj|llamad|text|correo)/,
  /\b(?:dar|den|da|de)(?:me)? de baja\b/,
  /\b(?:quit|saqu|borr|elimin|remuev)(?:e|en|a|ar)?(?:me|nme|nos)\b/,
  /\b(?:denunci|demand(?:o|ar|are)\b|acos[ao]|abogad|hostig|estaf)/,
];

/** "Stop" is a refusal in doubt, but not where it is a place, a visit or something else that ends. */
const stopWord = /\bstop(?:ped|ping)?\b/;
const harmlessStop =
  /\b(?:(?:bus|full|truck|train|pit|rest|next|last|a|the|non) stop|(?:do|can|could|will|would|did|does) not (?:please )?stop|stop(?:ped|ping)? (?:by|in|at|over|off|laughing|smoking|drinking|working|the (?:car|bus|truck|train))|(?:want|wanted|had|have|going) to stop|stopped (?:by|in|at|over|working))\b/;

/**
 * Whether a reply that is no sure opt-out may still be one, so that a person should read it before anything automated
 * goes to that number again. Source of the care: consent is revoked by any reasonable means (47 CFR 64.1200(a)(10)), and
 * where the words leave doubt, the totality of the circumstances decides, not a program.
 */
export function mayBeRefusal(text: string): boolean {
  const intent = classifyReply(text);
  if (intent === 'stop' || intent === 'start' || intent === 'help') return false;
  return clausesOf(text.trim()).some(
    ({ words }) =>
      suspicions.some((pattern) => pattern.test(words)) ||
      (stopWord.test(words) && !harmlessStop.test(words)) ||
      // A keyword among other words: "Cancel. I can not make it."
      classifyKeyword(words) === 'stop',
  );
}
