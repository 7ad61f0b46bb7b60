/** E.164; in North America also ten digits whose area code and exchange do not begin with 0 or 1. */
export function isPhoneNumber(value: string): boolean {
  if (value.startsWith('+1')) return /^\+1[2-9]\d{2}[2-9]\d{6}$/.test(value);
  return /^\+[2-9]\d{7,14}$/.test(value);
}
