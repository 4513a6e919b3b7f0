import { fieldOf } from "./fields.ts";
import { type RawRow, Unreadable } from "./source.ts";

/** Titles and notes stand above the headings of many sheets; further down nobody looks for them. */
const mostAbove = 15;

/** Finds the row of headings: the first that names two fields, else the first with two texts. The rows after it follow. */
export async function findHeadings(
  portions: AsyncGenerator<readonly RawRow[]>,
): Promise<{ columns: string[]; rows: AsyncIterable<readonly RawRow[]> }> {
  const first: RawRow[] = [];
  while (first.length < mostAbove) {
    const next = await portions.next();
    if (next.done) break;
    first.push(...next.value);
  }
  const above = first.slice(0, mostAbove);
  const words = (row: RawRow) => row.cells.filter((cell) => cell.trim() !== "");
  const named = above.findIndex((row) => new Set(words(row).flatMap((cell) => fieldOf(cell) ?? [])).size >= 2);
  const index = named >= 0 ? named : above.findIndex((row) => words(row).length >= 2);
  const head = above[index];
  if (!head) throw new Unreadable("import.no_table");
  const hasWords = named >= 0 || !head.cells.some((cell) => /^-?\d+([.,]\d+)?$/.test(cell.trim()));
  const width = Math.max(...above.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, i) => (hasWords && head.cells[i]?.trim()) || `${i + 1}`);
  async function* rows(): AsyncGenerator<readonly RawRow[]> {
    yield first.slice(hasWords ? index + 1 : index);
    yield* portions;
  }
  return { columns: columns.map((name) => name.slice(0, 60)), rows: rows() };
}
