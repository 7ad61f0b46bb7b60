import { areaCodes } from '#domain/compliance/zones/area-codes.ts';

const places = [
  ['New Orleans', 'LA', '70112'],
  ['Austin', 'TX', '78701'],
  ['Cleveland', 'OH', '44114'],
  ['San Jose', 'CA', '95113'],
  ['Anchorage', 'AK', '99501'],
] as const;
const usual = [...areaCodes].filter(([, { country }]) => country === 'US').map(([code]) => code);

/** A file of so many people as a CRM exports them, about 120 bytes a row, piece by piece; everybody has a number of their own. */
export function* leadFile(rows: number): Generator<Buffer> {
  let text = 'External ID,First Name,Last Name,Company,Phone,Email,Address,City,State,ZIP,Plan\n';
  for (let nr = 0; nr < rows; nr += 1) {
    const area = usual[nr % usual.length]!;
    const number = Math.floor(nr / usual.length);
    const phone = `(${area}) ${200 + (number % 700)}-${String(1_000 + Math.floor(number / 700)).padStart(4, '0')}`;
    const [city, state, zip] = places[nr % places.length]!;
    text += `crm-${nr},First${nr % 5_000},Last${nr % 7_919},"Company ${nr % 1_000}, Inc.",${phone},person${nr}@example.com,${nr % 9_999} Main Street,${city},${state},${zip},gold\n`;
    if (text.length >= 1024 * 1024) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(text);
}
