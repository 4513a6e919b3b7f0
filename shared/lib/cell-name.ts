/** Columns of a sheet as a spreadsheet calls them: `B` of column 2, `AB` of column 28; "" where there is none. */
export const columnLetters = (col: number): string =>
  col <= 0 ? "" : `${columnLetters(Math.floor((col - 1) / 26))}${String.fromCharCode(65 + ((col - 1) % 26))}`;

/** Column 28 of `AB`. */
export const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
