/** Whether enough of a number was typed to look it up: before that, every answer would be a complaint. */
export function isWholeNumber(text: string): boolean {
  return text.replaceAll(/\D/g, '').length >= 7;
}
