/**
 * The text of a file in whatever encoding spreadsheets write: UTF-8 with or without byte order mark, UTF-16 of either
 * order, else Windows-1252, which is what older Excel means by "CSV". Line ends become "\n".
 */
export function decodeText(bytes: Uint8Array): string {
  return decode(bytes).replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

function decode(bytes: Uint8Array): string {
  const utf16 = utf16Of(bytes);
  if (utf16) return new TextDecoder(utf16).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return windows1252(bytes);
  }
}

/** By its mark, or by the zero bytes that Western text has at every other place. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 400);
  const zerosAt = (parity: number) =>
    sample.filter((byte, index) => index % 2 === parity && byte === 0).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  const many = sample.length / 4;
  if (odd > many && even <= odd / 8) return 'utf-16le';
  if (even > many && odd <= even / 8) return 'utf-16be';
  return null;
}

/** 0x80–0x9F of Windows-1252. Source: WHATWG Encoding Standard, index windows-1252; U+FFFD where it has nothing. */
const upperControls = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

/** By hand, because Node 20 takes this encoding for Latin-1 and so loses curly quotes, dashes and the euro sign. */
function windows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (control) => upperControls[control.charCodeAt(0) - 0x80]!);
}
