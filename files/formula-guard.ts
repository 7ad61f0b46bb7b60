/*
 * A cell that begins like a formula is run by whoever opens the file in a spreadsheet, whatever its writer meant (CWE-1236).
 * An apostrophe before it makes it text; plain numbers and phone numbers need none, so that they stay what they are.
 */

const formulaStart = /^[=+\-@\t\r]/;
const plainNumber = /^[+-]?\d[\d ().-]*$/;

/** The cell as it may stand in a file that a spreadsheet opens. */
export function guardCell(cell: string): string {
  return wouldRun(cell.replace(/^'+/, '')) ? `'${cell}` : cell;
}

/** Takes the guard off again: `unguardCell(guardCell(cell))` is the cell, whatever it is. */
export function unguardCell(cell: string): string {
  return cell.charCodeAt(0) === 39 && wouldRun(cell.replace(/^'+/, '')) ? cell.slice(1) : cell;
}

function wouldRun(cell: string): boolean {
  return formulaStart.test(cell) && !plainNumber.test(cell);
}
