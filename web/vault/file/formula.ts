/** Keeps a spreadsheet from taking a cell for a formula, and takes the guard away again when the file comes back. */

/** What begins a formula in Excel, LibreOffice or Google Sheets, also in full width, and what they skip before one; the guard itself,
 * so that it can be told from a text that began with it. */
const RISKY = /^[=+\-@\t\r\n|%'＝＋－＠]/;

/** The text as it may stand in a cell. */
export function guarded(text: string): string {
  return RISKY.test(text) ? `'${text}` : text;
}

/** What `guarded` was given; any other text stays as it is. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && RISKY.test(cell.slice(1)) ? cell.slice(1) : cell;
}
