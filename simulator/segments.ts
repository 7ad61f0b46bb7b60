/** Basic and extension alphabets of GSM 03.38; a character of the extension takes two places. */
const gsmBasic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const gsmExtension = new Set('^{}\\[~]|€\f');

/** How many parts a text is sent in and charged as. Source: GSM 03.38 and 03.40: 160/153 places, or 70/67 in UCS-2. */
export function countSegments(body: string): number {
  let places = 0;
  for (const character of body) {
    if (gsmBasic.has(character)) places += 1;
    else if (gsmExtension.has(character)) places += 2;
    else return partsOf(body.length, 70, 67);
  }
  return partsOf(places, 160, 153);
}

function partsOf(length: number, alone: number, joined: number): number {
  return length <= alone ? 1 : Math.ceil(length / joined);
}
