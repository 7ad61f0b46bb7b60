export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

const sampleLength = 400;

/**
 * Finds out in which encoding a file is written, from all of its bytes as they come by: UTF-16 by its mark or by the zero
 * bytes that Western text has at every other place, UTF-8 if every byte fits, else Windows-1252, which is what older Excel
 * means by "CSV".
 */
export function createEncodingDetector() {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let start = new Uint8Array(0);
  let isUtf8 = true;

  const check = (bytes?: Uint8Array) => {
    if (!isUtf8) return;
    try {
      strict.decode(bytes, { stream: bytes !== undefined });
    } catch {
      isUtf8 = false;
    }
  };
  return {
    push(bytes: Uint8Array): void {
      if (start.length < sampleLength) start = joined(start, bytes.subarray(0, sampleLength - start.length));
      check(bytes);
    },
    end(): Encoding {
      check();
      return utf16Of(start) ?? (isUtf8 ? 'utf-8' : 'windows-1252');
    },
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function utf16Of(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  const zerosAt = (parity: number) =>
    sample.filter((byte, index) => index % 2 === parity && byte === 0).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  const many = sample.length / 4;
  if (odd > many && even <= odd / 8) return 'utf-16le';
  if (even > many && odd <= even / 8) return 'utf-16be';
  return null;
}

/** Decodes a file piece by piece; a character that a piece cuts in two is whole again, and a mark at the start is gone. */
export function createDecoder(encoding: Encoding): { push(bytes: Uint8Array): string; end(): string } {
  if (encoding === 'windows-1252') return { push: windows1252, end: () => '' };
  const decoder = new TextDecoder(encoding);
  return { push: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** 0x80–0x9F of Windows-1252. Source: WHATWG Encoding Standard, index windows-1252; U+FFFD where it has nothing. */
const upperControls = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

/** By hand, because Node 20 takes this encoding for Latin-1 and so loses curly quotes, dashes and the euro sign. */
function windows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (control) => upperControls[control.charCodeAt(0) - 0x80]!);
}
