import { fieldOf } from "./fields.ts";
import { type RawRow, Unreadable } from "./source.ts";

/** Titles and notes stand above the headings of many sheets; further down nobody looks for them. */
const mostAbove = 15;

/** Finds the row of headings: the first that names two fields, else the first with two texts. The rows after it follow. */
export async function findHeadings(
  lines: AsyncGenerator<RawRow>,
): Promise<{ columns: string[]; rows: AsyncIterable<RawRow> }> {
  const first: RawRow[] = [];
  while (first.length < mostAbove) {
    const next = await lines.next();
    if (next.done) break;
    first.push(next.value);
  }
  const words = (row: RawRow) => row.cells.filter((cell) => cell.trim() !== "");
  const named = first.findIndex((row) => new Set(words(row).flatMap((cell) => fieldOf(cell) ?? [])).size >= 2);
  const index = named >= 0 ? named : first.findIndex((row) => words(row).length >= 2);
  const head = first[index];
  if (!head) throw new Unreadable("import.no_table");
  const hasWords = named >= 0 || !head.cells.some((cell) => /^-?\d+([.,]\d+)?$/.test(cell.trim()));
  const width = Math.max(...first.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, i) => (hasWords && head.cells[i]?.trim()) || `${i + 1}`);
  async function* rows(): AsyncGenerator<RawRow> {
    yield* first.slice(hasWords ? index + 1 : index);
    yield* lines;
  }
  return { columns: columns.map((name) => name.slice(0, 60)), rows: rows() };
}
