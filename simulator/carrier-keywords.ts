/**
 * The words at which the carrier itself stops or resumes a sender for a recipient, when they are the whole text.
 * Source: Twilio, "Support for opt-out keywords (SMS STOP filtering)"; case, spaces and punctuation are ignored.
 */
const stopWords = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const startWords = new Set(['START', 'YES', 'UNSTOP']);

export function isStopKeyword(body: string): boolean {
  return stopWords.has(lettersOf(body));
}

export function isStartKeyword(body: string): boolean {
  return startWords.has(lettersOf(body));
}

function lettersOf(body: string): string {
  return body.replace(/[\s\p{P}]+/gu, '').toUpperCase();
}
