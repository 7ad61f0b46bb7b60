/** A date as Twilio's 2010 API writes it: RFC 2822, whole seconds, UTC. */
export function rfc2822(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}
