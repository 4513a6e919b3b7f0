import { expect, test } from "vitest";
import { columnLetters, columnOf } from "#shared/lib/cell-name.ts";

test("columns are called as a spreadsheet calls them, and found by it again", () => {
  expect([0, 1, 26, 27, 28, 702, 703, 16_384].map(columnLetters)).toEqual([
    "",
    "A",
    "Z",
    "AA",
    "AB",
    "ZZ",
    "AAA",
    "XFD",
  ]);
  for (let col = 1; col <= 16_384; col++) expect(columnOf(columnLetters(col))).toBe(col);
});
